"""Pages as people write them: `1-3, 7, odd, last, 5-`.

A list of parts, separated by commas, semicolons or spaces: a page; a range, both ends included; a range that is open
at one end, which begins with the first or ends with the last page; `odd`, `even`, `all`; `last` stands for the last
page, also in a range. A range may run backwards. The words are known in the site's five languages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from pliego.pdf.refusals import BadPages, NoSuchPage

MAX_LENGTH = 20_000
"""Characters of such a list."""
MAX_PAGES = 100_000
"""Pages that it may stand for, repetitions included."""

LAST = -1
"""Stands for the number of the last page."""

WORDS = {
    "all": "all todas todo tous toutes tudo alle",
    "odd": "odd impares impar impairs impair impaires ímpares ímpar ungerade",
    "even": "even pares par pairs pair paires gerade",
    "last": "last ultima última ultimo último dernière derniere dernier letzte",
}
"""What is understood as what."""
_MEANING = {word: meaning for meaning, words in WORDS.items() for word in words.split()}
_SEPARATORS = re.compile(r"[\s,;]+")
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_END = r"\d{1,9}|last"
_PART = re.compile(rf"(?P<first>{_END})?(?:(?P<dash>-)(?P<last>{_END})?)?")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of pages. Both ends are included; LAST stands for the last page."""

    first: int
    last: int
    step: int = 1

    def __str__(self) -> str:
        if self.step == 2:
            return "odd" if self.first == 1 else "even"
        ends = ["last" if end == LAST else str(end) for end in (self.first, self.last)]
        return "all" if (self.first, self.last) == (1, LAST) else ends[0] if self.first == self.last else "-".join(ends)

    def pages(self, count: int) -> Iterator[int]:
        """Its pages in a document of ``count``. Raise NoSuchPage."""
        first, last = (count if end == LAST else end for end in (self.first, self.last))
        if self.step == 1 and (too_large := max(first, last)) > count:
            raise NoSuchPage(page=too_large, count=count)
        yield from range(first, last + 1, self.step) if self.step == 2 or first <= last else range(first, last - 1, -1)


@dataclass(frozen=True, slots=True)
class Pages:
    """A list of pages that was read from words; `str` writes it again."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return ",".join(map(str, self.parts))

    def of(self, count: int) -> list[int]:
        """Their numbers, in the order told, in a document of ``count`` pages. Raise NoSuchPage or BadPages."""
        numbers: list[int] = []
        for part in self.parts:
            numbers += part.pages(count)
            if len(numbers) > MAX_PAGES:
                raise BadPages(part=str(part))
        return numbers

    def chosen(self, count: int) -> list[int]:
        """The same in ascending order, each once."""
        return sorted(set(self.of(count)))

    @classmethod
    def parse(cls, words: str) -> Self:
        """Raise BadPages, which quotes the part that is not understood."""
        if len(words) > MAX_LENGTH:
            raise BadPages(part=f"{words[:20]}…")
        parts = [part for part in _SEPARATORS.split(_DASH.sub("-", words.strip().lower())) if part]
        if not parts:
            raise BadPages(part=words.strip())
        return cls(tuple(map(_part, parts)))


parse = Pages.parse


def _part(words: str) -> Part:
    known = "-".join(_MEANING.get(word, word) for word in words.split("-"))
    if known in ("all", "odd", "even"):
        return {"all": Part(1, LAST), "odd": Part(1, LAST, 2), "even": Part(2, LAST, 2)}[known]
    match = _PART.fullmatch(known)
    if not match or known in ("", "-"):
        raise BadPages(part=words[:20])
    first, dash, last = match.groups()
    ends = (_number(first or "1"), _number(last or "last") if dash else _number(first))
    if 0 in ends:
        raise BadPages(part=words[:20])
    return Part(*ends)


def _number(words: str) -> int:
    return LAST if words == "last" else int(words)
