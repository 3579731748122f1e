"""Where the words of a page lie on its lines: measured by PDFium for the one page that is shown.

The lines of a whole book are read with three calls into PDFium each. This takes two for every word, which is too much
for a book and nothing for a page.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from operator import itemgetter

import pypdfium2.raw as pdfium

from pliego.errors import UnreadablePdf
from pliego.pdf.characters import Characters, cleaned
from pliego.pdf.deep import opened_at
from pliego.pdf.geometry import Frame
from pliego.pdf.source import Source
from pliego.pdf.spans import Box, is_sideways
from pliego.pdf.text import opened_page, ordered_lines
from pliego.pdf.values import Extent, Line

LONGEST = 8
"""Characters measured together: a long word, or a line of a script without spaces, is measured in parts."""
MAX_WORDS = 12_000
"""Words, or parts of words, of a page: one with more is not measured at all. A page of a newspaper has 8,000."""
_NEAR = 0.5
"""Points by which a word may stand out of the line that it belongs to."""
_TALL = 1.7
"""Heights of a word from which a line is taken to hold words beneath each other."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    box: Box

    def within(self, line: Line) -> bool:
        """Whether its middle lies on a line."""
        x, y, width, height = self.box
        across, down = x + width / 2 - line.x, y + height / 2 - line.y
        return -_NEAR <= across <= line.width + _NEAR and -_NEAR <= down <= line.height + _NEAR


def read_words(source: Source, number: int) -> list[list[Extent]]:
    """For each line that `read_pages` gives of a page where its words lie on it, [] where that cannot be told.

    Nothing of a page that cannot be read, and of one with more than MAX_WORDS.
    """
    with opened_at(source, number) as (document, index):
        try:
            with opened_page(document, index + 1) as (frame, textpage, turned):
                characters = Characters(textpage)
                if _has_too_many(characters.text):
                    return []
                lines = ordered_lines(frame, textpage, turned=turned)
                return _on_lines(lines, list(_measured(frame, textpage, characters)))
        except UnreadablePdf:
            return []


def _measured(
    frame: Frame, textpage: "pdfium.FPDF_TEXTPAGE", characters: Characters
) -> Iterator[tuple[str, list[_Word]]]:
    """The lines as the file has them, each with its words."""
    for text, start, end in characters.lines():
        words = list(_words(frame, textpage, characters, start, end))
        if words and text.endswith("-") and not words[-1].text.endswith("-"):
            words[-1] = replace(words[-1], text=words[-1].text + "-")
        yield text, words


def _has_too_many(text: str) -> bool:
    """Whether a page has more than MAX_WORDS; told at the speed of C, for it may have millions."""
    if len(text) <= MAX_WORDS:
        return False
    words = islice(_WORD.finditer(text), MAX_WORDS + 1)
    return sum(-(-len(word[0]) // LONGEST) for word in words) > MAX_WORDS


def _words(
    frame: Frame, textpage: "pdfium.FPDF_TEXTPAGE", characters: Characters, start: int, end: int
) -> Iterator[_Word]:
    """The words, or parts of words, of a stretch of the text; each from its first to its last character."""
    a, b = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    for text, first, behind in _parts(characters.text, start, end):
        pdfium.FPDFText_GetLooseCharBox(textpage, characters.index(first), a)
        pdfium.FPDFText_GetLooseCharBox(textpage, characters.index(behind - 1), b)
        edges = min(a.left, b.left), max(a.top, b.top), max(a.right, b.right), min(a.bottom, b.bottom)
        yield _Word(text, frame.place(*edges))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The words of a stretch as they read, with their places; long ones in parts where each letter has its place."""
    for match in _WORD.finditer(text, start, end):
        first, behind = match.span()
        word = "".join(cleaned(match[0]).split())
        step = LONGEST if len(word) == behind - first else len(match[0])
        for at in range(0, len(word), step):
            yield word[at : at + step], first + at, min(first + at + step, behind)


class _Heights:
    """Runs of words, found by the height at which the first one lies: a page may have thousands, all alike."""

    def __init__(self, runs: Iterable[Sequence[_Word]]) -> None:
        self._given = runs

    @cached_property
    def _runs(self) -> list[tuple[float, int, Sequence[_Word]]]:
        placed = ((run[0].box[1] + run[0].box[3] / 2, order, run) for order, run in enumerate(self._given) if run)
        return sorted(placed, key=itemgetter(0))

    def on(self, line: Line) -> Iterator[Sequence[_Word]]:
        """Those whose first word lies on a line, in their order."""
        first = bisect_left(self._runs, line.y - _NEAR, key=itemgetter(0))
        behind = bisect_right(self._runs, line.y + line.height + _NEAR, key=itemgetter(0))
        for _, _, run in sorted(self._runs[first:behind], key=itemgetter(1)):
            if run[0].within(line):
                yield run


def _on_lines(lines: Sequence[Line], found: Sequence[tuple[str, list[_Word]]]) -> list[list[Extent]]:
    """The words by the lines of the page: these are lines of the file, halves of them, or several joined."""
    every = _Heights([word] for _, words in found for word in words)
    runs: dict[str, list[list[_Word]]] = {}
    for text, words in found:
        runs.setdefault(text, []).append(words)
    whole = {text: _Heights(alike) for text, alike in runs.items()}
    return [_extents(line, whole.get(line.text), every) for line in lines]


def _extents(line: Line, whole: _Heights | None, every: _Heights) -> list[Extent]:
    """Where the words lie along the line; nothing when those that lie there are not its words."""
    words = next(whole.on(line), None) if whole else None
    if words is None:
        words = [word for (word,) in every.on(line)]
    if "".join(word.text for word in words) != "".join(line.text.split()):
        return []
    return [_extent(word, line) for word in words]


def _extent(word: _Word, line: Line) -> Extent:
    """The word, as high as its line is, unless that holds words beneath each other, as rows of tables do."""
    x, y, width, height = word.box
    if is_sideways(line):
        x, width = (line.x, line.width) if line.width < _TALL * width else (x, width)
    else:
        y, height = (line.y, line.height) if line.height < _TALL * height else (y, height)
    return len(word.text), round(x, 1), round(y, 1), round(width, 1), round(height, 1)
