"""Where the words of a page lie on its lines: measured by PDFium for the one page that is shown.

The lines of a whole book are read with three calls into PDFium each. This takes two for every word, which is too much
for a book and nothing for a page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
MAX_WORDS = 20_000
"""Of a page; what lies behind them is not measured."""
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

    Nothing of a page that cannot be read.
    """
    with opened_at(source, number) as (document, index):
        try:
            with opened_page(document, index + 1) as (frame, textpage, turned):
                lines = ordered_lines(frame, textpage, turned=turned)
                return _on_lines(lines, list(_measured(frame, textpage)))
        except UnreadablePdf:
            return []


def _measured(frame: Frame, textpage: "pdfium.FPDF_TEXTPAGE") -> Iterator[tuple[str, list[_Word]]]:
    """The lines as the file has them, each with its words."""
    characters = Characters(textpage)
    left = MAX_WORDS
    for text, start, end in characters.lines():
        words = list(_words(frame, textpage, characters, start, end)) if left > 0 else []
        left -= len(words)
        if words and text.endswith("-") and not words[-1].text.endswith("-"):
            words[-1] = replace(words[-1], text=words[-1].text + "-")
        yield text, words


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


def _on_lines(lines: Sequence[Line], found: Sequence[tuple[str, list[_Word]]]) -> list[list[Extent]]:
    """The words by the lines of the page: these are lines of the file, halves of them, or several joined."""
    every = [word for _, words in found for word in words]
    whole: dict[str, list[list[_Word]]] = {}
    for text, words in found:
        whole.setdefault(text, []).append(words)
    return [_extents(line, whole.get(line.text, []), every) for line in lines]


def _extents(line: Line, whole: Sequence[list[_Word]], every: Sequence[_Word]) -> list[Extent]:
    """Where the words lie along the line; nothing when those that lie there are not its words."""
    words = next((words for words in whole if words and words[0].within(line)), None)
    if words is None:
        words = [word for word in every if word.within(line)]
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
