"""Authors who are nobody: what programs and templates write where no name was given."""

import re
from dataclasses import replace

from pliego.pdf.values import PdfFacts

_NOBODY = frozenset(
    """
    admin administrator author authors firstname lastname name names none null owner root surname undefined unknown
    unspecified untitled user username
    administrador apellido apellidos autor autora autores desconocida desconocido nombre nombres usuaria usuario
    administrateur auteur auteurs inconnu inconnue nom prénom utilisateur
    administradora apelido desconhecida desconhecido nome sobrenome usuário utilizador
    autoren benutzer nachname nutzer unbekannt unbekannter verfasser vorname
    автор администратор неизвестный пользователь 未知 作者 用户 管理员 不明 著者 ユーザー
    """.split()  # noqa: SIM905  # a list to be read by people
)
_HALF = frozenset({"customer", "default", "family", "first", "given", "last", "valued"})
"""Two of them are nobody, one may be a name."""
_AROUND = frozenset(
    """
    a an and apple com d da das de dein deine del der des die do document du e el en enter here hp i ihr ihre insert l
    la le lenovo local microsoft ms my no not o of office pc please s seu specified sua su system test the ton tu un und
    votre windows y your acer available full gateway nobody
    """.split()  # noqa: SIM905
)
"""What stands beside them and is nobody either; alone it may be somebody."""
_SILENCE = ("anonymous", "unspecified", "untitled")
"""What ReportLab writes, in just these letters, where nothing was said. Anonymous may be an author."""
_REMARK = re.compile(r"\([^()]*\)|<[^<>]*>")
_WORD = re.compile(r"[^\W\d_]+")
_ALONE = re.compile(r"\W*(?:n\W?/\W?a|[-–—?.\s]*|(?:no|sin|sem) (?:name|author|autor|nombre|nome))\W*", re.IGNORECASE)


def is_nobody(name: str) -> bool:
    """Whether a name is only what stood in the field before: "Your Name", "[FAMILY Given]", "Usuario de Windows".

    Every word has to be such a word: who is called Given or Autor beside another name stays.
    """
    if name in _SILENCE:
        return True
    said = _REMARK.sub(" ", name)
    words = {word.casefold() for word in _WORD.findall(said)}
    if _ALONE.fullmatch(said):
        return True
    telling = len(words & _NOBODY) * 2 + len(words & _HALF)
    return words <= _NOBODY | _HALF | _AROUND and telling >= 2


def telling(facts: PdfFacts | None) -> PdfFacts | None:
    """The facts without what a program wrote for subject and creator because it was told nothing."""
    return replace(facts, subject=_heard(facts.subject), creator=_heard(facts.creator)) if facts else None


def _heard(field: str) -> str:
    return "" if field in _SILENCE else field


def somebody(authors: str) -> str:
    """A line of authors without those who are nobody, "" when none is left; otherwise as it was written."""
    if is_nobody(authors):
        return ""
    mark = ";" if ";" in authors else ","
    parts = re.split(rf"\s*{mark}\s*", authors)
    kept = [part for part in parts if not _to_leave_out(part, mark)]
    return authors if len(kept) == len(parts) else f"{mark} ".join(kept)


def _to_leave_out(part: str, mark: str) -> bool:
    """Whether a part is nobody; one word between commas stays: "Root, Elihu" is one name."""
    return bool(part) and is_nobody(part) and (mark == ";" or len(_WORD.findall(part)) > 1)
