"""The numbers that a document prints on its pages: what the runs of its page labels say (ISO 32000-1, 12.4.2).

Pages are numbered from 1, as they lie in the file. Plain values: no library reads anything here.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple, Self

RUNS_MOST = 1000
"""A document with more runs has as good as none: its pages go by their place."""
PREFIX_MOST = 24
"""Characters of a prefix, and of what somebody may type to name a page."""
LABEL_MOST = 40
NUMBER_MOST = 10_000_000
STYLES = ("D", "R", "r", "A", "a", "")
"""Figures, Roman numbers, letters (in capitals or not); "": the prefix alone."""
_ROMAN_MOST = 4999
"""Larger Roman numbers are written in figures: nobody prints a hundred Ms."""
_LETTERS_MOST = 8
"""Times a letter is repeated: after ZZZZZZZZ come figures."""
_ROMAN = tuple(zip(
    (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
    ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
    strict=True,
))  # fmt: skip


class Run(NamedTuple):
    """Pages numbered through from ``page`` on, up to the next run."""

    page: int
    style: str
    prefix: str
    number: int

    def of(self, page: int) -> str:
        """The label of a page of this run."""
        return self.prefix + figure(self.number + page - self.page, self.style)


def figure(number: int, style: str) -> str:
    """A number from 1 as it is printed in a style."""
    if style in ("R", "r") and number <= _ROMAN_MOST:
        return _cased(_roman(number), style)
    if style in ("A", "a") and number <= 26 * _LETTERS_MOST:
        times, letter = divmod(number - 1, 26)
        return _cased(chr(ord("a") + letter) * (times + 1), style)
    return str(number) if style else ""


def _cased(text: str, style: str) -> str:
    return text.upper() if style.isupper() else text


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        written += sign * times
    return written


class PageLabels:
    """The labels of the pages of a document. Without runs no page has one."""

    def __init__(self, runs: Iterable[Run], pages: int) -> None:
        self.runs = list(runs)
        self._pages = pages
        self._begins = [run.page for run in self.runs]

    @classmethod
    def from_json(cls, data: Any, pages: int) -> Self:
        """Of what `runs_from` gives for a document with so many pages."""
        return cls((Run(*run) for run in data), pages)

    def of(self, page: int) -> str:
        """What is printed on a page; "" where nothing else is told than its place."""
        at = bisect_right(self._begins, page) - 1
        label = self.runs[at].of(page) if at >= 0 else ""
        return "" if label == str(page) else label

    def page(self, typed: str) -> int | None:
        """The page that somebody means: the one that bears this label, else the one at this place in the file.

        What is printed goes first, since that is what a table of contents and an index name; # before a number says
        its place in the file. Of several pages that bear a label the one in the run that makes up most of the document
        is meant: many books call their title page 1 as well. Without such a run the label is the number of a place if
        it can be one, else the first page is meant. None where there is no such page.
        """
        typed = typed.strip()
        place = typed.removeprefix("#")
        number = int(place) if place.isascii() and place.isdecimal() and len(place) < LABEL_MOST else 0
        placed = number if 1 <= number <= self._pages else None
        if place != typed:
            return placed
        bearing = self._bearing.get(typed) or self._bearing_alike.get(typed.casefold()) or []
        if len(bearing) > 1:
            bearing = [page for page in bearing if page in self._most] or [placed or bearing[0]]
        return bearing[0] if bearing else placed

    @cached_property
    def _most(self) -> range:
        """The pages of the run that makes up more than half of the document."""
        ends = [*self._begins[1:], self._pages + 1]
        spans = (range(begin, end) for begin, end in zip(self._begins, ends, strict=True))
        return next((span for span in spans if 2 * len(span) > self._pages), range(0))

    @cached_property
    def _bearing(self) -> dict[str, list[int]]:
        """The pages that bear each label."""
        found: dict[str, list[int]] = {}
        for page in range(1, self._pages + 1) if self.runs else ():
            if label := self.of(page) or str(page):
                found.setdefault(label, []).append(page)
        return found

    @cached_property
    def _bearing_alike(self) -> dict[str, list[int]]:
        """The same, capitals or not."""
        found: dict[str, list[int]] = {}
        for label, pages in self._bearing.items():
            found.setdefault(label.casefold(), []).extend(pages)
        return found


def runs_from(data: Any) -> list[Run]:
    """Runs, as JSON has them. Raise TypeError or ValueError on anything else: the sender is not trusted."""
    runs = [Run(int(page), str(style), str(prefix), int(number)) for page, style, prefix, number in data]
    pages = [run.page for run in runs]
    if len(runs) > RUNS_MOST or pages != sorted(set(pages)) or (pages and pages[0] < 1):
        raise ValueError("runs of pages that are not in order")
    if not all(run.style in STYLES and 1 <= run.number <= NUMBER_MOST and _is_plain(run.prefix) for run in runs):
        raise ValueError("a run that is none")
    return runs


def _is_plain(prefix: str) -> bool:
    return len(prefix) <= PREFIX_MOST and prefix.isprintable()
