"""Where two lines of a text meet: whether a space comes between them, whether a hyphen is only that of the line end."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

_LINE_END = " \n"
_UNSPACED = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff9f]")
"""Scripts that are written without spaces."""
_FIRST_UNSPACED = "\u2e80"
_MAY_JOIN = ("-", "/", "—")
_CUT_ADDRESS = re.compile(r"(?:https?://|www\.)(?:\S*[./?&=_#-])?$")
"""A web address that is too long for its line; it is broken at a sign of its own."""
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?=-$)")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


class Wording:
    """The words of a stretch of text, to tell the hyphen of a compound from one that a line end has made.

    ``pages``: what `words_of` makes of the lines of each.
    """

    def __init__(self, pages: Sequence[str] = ()) -> None:
        self._pages = pages

    @cached_property
    def _text(self) -> str:
        return _LINE_END.join(self._pages)

    def is_compound(self, left: str, right: str) -> bool:
        """Whether ``left`` and ``right``, parted by a hyphen at a line end, keep it."""
        left, right = left.lower(), right.lower()
        if not self._text or left + right in self._text:
            return False
        if f"{left}-{right}" in self._text:
            return True
        return min(len(left), len(right)) > 2 and f" {left} " in self._text and f" {right} " in self._text


NO_WORDING = Wording()


def words_of(lines: Iterable[str]) -> str:
    """The lines of a page as Wording takes them."""
    return _LINE_END.join(lines).lower()


def seam(above: str, below: str, wording: Wording = NO_WORDING) -> tuple[int, str]:
    """How two lines are joined: characters to take from the end of the first, and what to put between them."""
    if ("//" in above or "www." in above) and _CUT_ADDRESS.search(above) and not below[0].isspace():
        return 0, ""
    last, first = above[-1:], below[0]
    if last in _MAY_JOIN:
        before = above[-2:-1]
        if last == "-" and before.isalpha() and first.islower():
            return (0 if _keeps_hyphen(above, below, wording) else 1), ""
        if before not in ("", " ") and first.isalnum():
            return 0, ""
    if first >= _FIRST_UNSPACED and _UNSPACED.match(first) and _UNSPACED.match(last):
        return 0, ""
    return 0, " "


def _keeps_hyphen(above: str, below: str, wording: Wording) -> bool:
    word = above[above.rfind(" ") + 1 : -1]
    if "-" in word or "/" in word:
        return True
    left, right = _LAST_WORD.search(above), _FIRST_WORD.match(below)
    return bool(left and right and wording.is_compound(left[0], right[0]))


def joined(texts: Iterable[str], wording: Wording = NO_WORDING) -> str:
    """Some lines, none empty, as one text; "" of none."""
    parts: list[str] = []
    above = ""
    for text in texts:
        if above:
            taken, between = seam(above, text, wording)
            if taken:
                parts[-1] = parts[-1][:-taken]
            parts.append(between)
        parts.append(text)
        above = text
    return "".join(parts)
