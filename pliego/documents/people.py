"""Names of authors as PDFs write them, taken apart as bibliographies need them."""

import re
from dataclasses import dataclass

from pliego.documents.names import STEP_UP

_PARTICLES = {
    *("af", "al", "bin", "d'", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn"),
    *("la", "las", "le", "los", "op", "ten", "ter", "van", "vom", "von", "y", "zu", "zum", "zur"),
}
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "filho", "neto", "júnior"}
_TITLES = {"dr", "dr.", "dra.", "prof", "prof.", "mr.", "mrs.", "ms.", "sr.", "sra.", "phd", "ph.d.", "md", "m.d."}
_BODY = re.compile(
    r"\b(academ|agenc|archiv|asocia|associa|autor|ayuntam|banc[ao]\b|bank\b|bibliot|bundes|cent[er]r|commi|comis|compan|consej"
    r"|corpor|council|departa|depart|editor|equipo|estad[oí]|facult|federa|founda|fundac|fundaç|gesellsch|gmbh|gobier"
    r"|govern|grupo|group|inc\b|inform|institu|laborat|librar|limited|ltd\b|minist|mus[eé][ou]|nacion|nation|office|oficin"
    r"|organi[sz]|press\b|project|proyect|secretar|servic|societ|socied|soft|stiftung|team\b|universi|verein|verlag|world\b)",
    re.IGNORECASE,
)
"""Beginnings of words that stand in the names of bodies and not of people, in five languages."""
_SPANISH_GIVEN = re.compile(
    "alberto|alejandro|alfonso|alicia|ana|andrés|ángel|ángeles|antonio|beatriz|carlos|carmen|clara|cristina|daniel"
    "|david|diego|eduardo|elena|enrique|ernesto|fe|federico|felipe|fernando|francisco|gabriel|guillermo|ignacio|inés"
    "|isabel|javier|jesús|joaquín|jorge|josé|juan|julia|julio|laura|leticia|lucía|luis|luisa|manuel|marcos|margarita"
    "|maría|mario|marta|mercedes|miguel|pablo|patricia|paula|pedro|pilar|rafael|ramón|raúl|ricardo|roberto|rosa"
    "|salvador|santiago|sergio|sofía|teresa|tomás|vicente|víctor",
    re.IGNORECASE,
)
"""Frequent second given names: what tells "Juan Carlos Pérez" from "Juan Pérez Gómez"."""


_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
"""What is said about a name and is no part of it: "(editor)", "(wersja polska)", "<ana@example.org>"."""
_NO_NAME = re.compile(rf":\s|@|://|\bwww\.|^\W*your name\W*$|{STEP_UP.pattern}", re.IGNORECASE)
"""In what is said in the place of a name, "Email: see below", and in what could have no page of its own."""
_NOTICE = re.compile(
    r"(?:©|\(c\)|\bcopyright\b|\bderechos de autor\b)(?:\(c\)|\W|\bcopyright\b|\b(?:by|de|por)\b|\d{4})*", re.IGNORECASE
)
"""What stands before the names in a notice of copyright: "© Copyright 1994–2021 by"."""
_TERMS = re.compile(
    r"\W*\b(?:all rights reserved|todos los derechos reservados|tous droits réservés|todos os direitos reservados"
    r"|alle rechte vorbehalten|th(?:is|e) \w+ (?:may|is|can)\b).*",
    re.IGNORECASE,
)
"""What follows them: the terms on which the work may be used."""
_LONGEST = 7
"""Words of a name without its particles; one of a body may have twice as many."""


@dataclass(frozen=True, slots=True)
class Name:
    """An author. A body, or a name that cannot be taken apart, has only a family name."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """The name as lists sort it: family, given."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def direct(self) -> str:
        """The name as it is spoken."""
        return f"{self.given} {self.family}".strip()

    @property
    def initials(self) -> str:
        """The given names as initials: "J. R. R.", "J.-P."."""
        return " ".join(
            "-".join(f"{part[0]}." for part in word.split("-") if part) for word in _given_words(self.given)
        )


def _given_words(given: str) -> list[str]:
    """The given names without particles; initials written together ("J.R.R.") are told apart."""
    words = re.sub(r"(?<=\w\.)(?=\w)", " ", given).split()
    return [word for word in words if word[0].isalpha() and word.lower() not in _PARTICLES]


def names(authors: str, language: str = "") -> list[Name]:
    """The authors of a line such as "García, Ana; J. Smith and UNESCO". ``language`` (ISO 639-1) of the document.

    In Spanish the last two of three names are taken as the family name, as is the custom there.
    """
    authors = _TERMS.sub("", _NOTICE.sub("; ", " ".join(authors.split())))
    authors = " ".join(_NOTE.sub(" ", authors).split()).strip(" ,;")
    return list(dict.fromkeys(_name(part, language) for part in _people(authors) if _is_name(part)))


def _is_name(part: str) -> bool:
    """Whether it may be one: it has letters, is not long as a sentence, and no address."""
    most = 2 * _LONGEST if _is_body(part) else _LONGEST
    words = [word for word in part.split() if word.lower() not in _PARTICLES]
    return any(map(str.isalpha, part)) and len(words) <= most and not _NO_NAME.search(part)


def _people(authors: str) -> list[str]:
    parts = re.split(r"\s*[;|\n]\s*", authors)
    if len(parts) == 1 and not _is_body(authors):
        parts = re.split(r",?\s+(?:and|und|et|y|e|&)\s+", authors)
        if not all("," in part or len(_real(part)) >= 2 for part in parts):
            parts = [authors]  # "Ortega y Gasset" is one name
    if len(parts) == 1 and _are_whole(between := re.split(r"\s*/\s*", parts[0])):
        parts = between
    return [person for part in parts for person in _by_commas(part)]


def _by_commas(part: str) -> list[str]:
    """One name written "Family, Given", or several in their spoken order."""
    pieces = [_tidy(piece) for piece in re.split(r"\s*,\s*", part)]
    pieces = [piece for piece in pieces if any(map(str.isalpha, piece)) and not _NO_NAME.search(piece)]
    kept: list[str] = []
    for piece in pieces:  # "Smith, Jr." and "Ana López, PhD" are one name each
        if kept and piece.lower() in _SUFFIXES | _TITLES:
            kept[-1] += f" {piece}" if piece.lower() in _SUFFIXES else ""
        else:
            kept.append(piece)
    if kept and (not _are_whole(kept) or _is_body(kept[0])):
        return _pairs(kept)
    return kept


def _tidy(piece: str) -> str:
    """Without the years before it and the full stop that ends a sentence, not an initial."""
    return re.sub(r"(?<=\w{4})\.$", "", re.sub(r"^(?:(?:19|20)\d\d\W+)+", "", piece))


def _are_whole(pieces: list[str]) -> bool:
    """Whether each piece is a name of its own: it has both a given and a family name."""
    return all(len(_real(piece)) >= 2 for piece in pieces)


def _real(piece: str) -> list[str]:
    """The words that are names: neither particles nor initials that could only be given names."""
    words = [word for word in piece.split() if word.lower() not in _PARTICLES]
    return [] if all(len(word.strip(".")) == 1 for word in words) else words


def _pairs(pieces: list[str]) -> list[str]:
    """Pieces two by two as "Family, Given" when they come in pairs and the second of the first pair looks given."""
    if len(pieces) > 2 and len(pieces) % 2 == 0 and all(len(_real(piece)) < 2 for piece in pieces[1::2]):
        return [", ".join(pieces[at : at + 2]) for at in range(0, len(pieces), 2)]
    return pieces if len(pieces) > 2 else [", ".join(pieces)]


def _is_body(text: str) -> bool:
    return bool(_BODY.search(text)) or any(map(str.isdigit, text))


def _name(text: str, language: str) -> Name:
    if _is_body(text):
        return Name(text)
    if "," in text:
        family, given = (part.strip() for part in text.split(",", 1))
        return Name(family, given) if family else Name(given)
    words = [word for word in text.split() if word.lower() not in _TITLES] or text.split()
    if len(words) < 2 or len(_real(text)) > _LONGEST:
        return Name(text)
    begin = _family_begins(words, language)
    return Name(" ".join(words[begin:]), " ".join(words[:begin]))


def _family_begins(words: list[str], language: str) -> int:
    """The index of the first word of the family name, at least 1."""
    last = len(words) - 1
    begin = last - 1 if last > 1 and words[last].lower() in _SUFFIXES else last
    if language == "es" and begin > 1 and _is_first_family_name(words[begin - 1]):
        begin -= 1
    while begin > 1 and (words[begin - 1].lower() in _PARTICLES):
        begin -= 1
        if words[begin].lower() == "y" and begin > 1:  # it joins two family names
            begin -= 1
    return begin


def _is_first_family_name(word: str) -> bool:
    return len(word.strip(".")) > 1 and word[0].isupper() and not _SPANISH_GIVEN.fullmatch(word)
