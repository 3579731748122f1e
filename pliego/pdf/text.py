"""The words of a PDF, page by page: lines with their boxes in reading order, and reading text."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from pliego.errors import UnreadablePdf
from pliego.pdf.characters import Characters, Edges, Span, edges_of, pieces_of
from pliego.pdf.columns import reading_order
from pliego.pdf.direction import has_right_to_left
from pliego.pdf.geometry import Frame
from pliego.pdf.layout import joined_fragments, with_paragraphs
from pliego.pdf.source import Source
from pliego.pdf.values import AT_ONCE, MAX_READ_PAGES, Line, PageText, line_of


def read_pages(source: Source, first: int, last: int, frames: dict[int, Frame] | None = None) -> Iterator[PageText]:
    """Pages ``first`` to ``last`` (from 1, inclusive; cut to the pages there are and to MAX_READ_PAGES), in order.

    Running heads are told apart by comparing neighbours within the range, so a page is given only when the next eight
    are read. A page that cannot be read is given empty, with ``problem``. ``frames`` takes those of all others.
    """
    yield from with_paragraphs(_several_at_once(_read_all(source, first, last, frames)))


def _several_at_once(pages: Iterator[PageText]) -> Iterator[PageText]:
    """The same pages. PDFium and Python, page by page in turn, would push one another out of the processor's caches."""
    while batch := list(islice(pages, AT_ONCE)):
        yield from batch


def _read_all(source: Source, first: int, last: int, frames: dict[int, Frame] | None) -> Iterator[PageText]:
    """The pages without their paragraphs."""
    for document, number in source.page_by_page(max(first, 1), min(last, MAX_READ_PAGES)):
        yield _read_page(document, number, frames)


def _read_page(document: pypdfium2.PdfDocument, number: int, frames: dict[int, Frame] | None) -> PageText:
    """The page without its paragraphs."""
    try:
        with opened_page(document, number) as (frame, textpage, turned):
            if frames is not None:
                frames[number] = frame
            lines = ordered_lines(frame, textpage, turned=turned)
            return PageText(number, round(frame.width, 2), round(frame.height, 2), lines)
    except UnreadablePdf:
        return _unread(document, number)


def _unread(document: pypdfium2.PdfDocument, number: int) -> PageText:
    size = pdfium.FS_SIZEF()
    pdfium.FPDF_GetPageSizeByIndexF(document, number - 1, size)
    return PageText(number, round(size.width, 2), round(size.height, 2), problem=UnreadablePdf.code)


@contextmanager
def opened_page(document: pypdfium2.PdfDocument, number: int) -> Iterator[tuple[Frame, "pdfium.FPDF_TEXTPAGE", bool]]:
    """The page as shown, its text, and whether it was turned for that. Raise UnreadablePdf.

    PDFium tells lines apart along the page as shown: text set sideways has to be shown upright first.
    """
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise UnreadablePdf
    try:
        frame = Frame.of_opened(page)
        with _text_page(page) as textpage:
            turn = _upright_turn(textpage, frame.turn)
            if turn is None:
                yield frame, textpage, False
                return
        pdfium.FPDFPage_SetRotation(page, turn)
        with _text_page(page) as textpage:
            yield frame, textpage, True
    finally:
        pdfium.FPDF_ClosePage(page)


def ordered_lines(frame: Frame, textpage: "pdfium.FPDF_TEXTPAGE", *, turned: bool) -> list[Line]:
    """The lines of a page in reading order."""
    if turned:
        return joined_fragments([line for line, _, _ in lines_of(frame, textpage)])
    return _ordered(textpage, frame)


@contextmanager
def _text_page(page: "pdfium.FPDF_PAGE") -> Iterator["pdfium.FPDF_TEXTPAGE"]:
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        raise UnreadablePdf
    try:
        yield textpage
    finally:
        pdfium.FPDFText_ClosePage(textpage)


def _upright_turn(textpage: "pdfium.FPDF_TEXTPAGE", turn: int) -> int | None:
    """The rotation (in quarters) that would show the text upright; None when the page's own does, or nearly all do."""
    count = pdfium.FPDFText_CountChars(textpage)
    upright = -_quarters(textpage, count // 4) % 4
    if count < 4 or not (upright - turn) % 2:
        return None
    alike = all(-_quarters(textpage, count * part // 4) % 4 == upright for part in (2, 3))
    return upright if alike else None


def _quarters(textpage: "pdfium.FPDF_TEXTPAGE", index: int) -> int:
    """How far a character is turned."""
    return round(float(pdfium.FPDFText_GetCharAngle(textpage, index)) / (math.pi / 2)) % 4


def _ordered(textpage: "pdfium.FPDF_TEXTPAGE", frame: Frame) -> list[Line]:
    """The lines in reading order; columns that the file writes row by row are taken apart where they are prose."""
    found = lines_of(frame, textpage)
    lines = [line for line, _, _ in found]
    gutter = _common_gap(textpage, frame, found)
    if gutter is not None:
        measure = _Measure(textpage, frame)
        halves = [half for place in found for half in _halves(measure, *place, gutter)]
        apart = reading_order(halves, frame.width)
        if apart is not halves:
            return joined_fragments(apart)
    return reading_order(joined_fragments(lines), frame.width)


_Place = tuple[Line, int, int]
"""A line with its first and last character."""


def lines_of(frame: Frame, textpage: "pdfium.FPDF_TEXTPAGE") -> list[_Place]:
    """The lines as PDFium tells them apart, in the order of the file."""
    characters = Characters(textpage)
    if characters.aligned:
        spans = [(words, start, end - 1) for words, start, end in characters.lines()]
    else:
        index = characters.index
        spans = [(words, index(start), index(end - 1)) for words, start, end in characters.lines()]
    return _Measure(textpage, frame, one_way=characters.plain).places(spans)


class _Measure:
    """Boxes of lines at two calls into PDFium each: one for every character would cost many times as much.

    ``one_way``: nothing on the page runs from right to left.
    """

    def __init__(self, textpage: "pdfium.FPDF_TEXTPAGE", frame: Frame, *, one_way: bool = False) -> None:
        self._textpage = textpage
        self.frame = frame
        self._one_way = one_way
        # Characters of the same height are of the same font and size, so the size is only asked once for each.
        self._sizes: dict[int, float] = {}

    def line(self, text: str, first: int, last: int) -> Line:
        """The line from character ``first`` to ``last``."""
        return self.places([(text, first, last)])[0][0]

    def places(self, spans: Sequence[Span]) -> list[_Place]:
        """The line of each span."""
        found: list[_Place] = []
        place, sizes, one_way = self.frame.place, self._sizes, self._one_way
        for (text, first, last), edges in zip(spans, edges_of(self._textpage, spans), strict=True):
            left, top, _, bottom, last_left, last_top, right, last_bottom = edges
            tall = top - bottom
            kind = int(tall * 50)
            if kind not in sizes:
                sizes[kind] = self._size(first, tall)
            if left > last_left or tall <= 0 or (not one_way and has_right_to_left(text)):
                left, top, right, bottom = self._extent(first, last, edges)
            else:
                top, bottom = max(top, last_top), min(bottom, last_bottom)
            x, y, width, height = place(left, top, right, bottom)
            try:
                box = (round(10 * x) / 10, round(10 * y) / 10, round(10 * width) / 10, round(10 * height) / 10)
            except (OverflowError, ValueError):  # a matrix gone wild makes infinite boxes
                found.append((Line(text, 0.0, 0.0, 0.0, 0.0), first, last))
            else:
                found.append((line_of((text, *box, sizes[kind])), first, last))
        return found

    def _size(self, first: int, height: float) -> float:
        """The type size as shown. The size in the file is only half of it: programs write 1 and scale by a matrix."""
        size = float(pdfium.FPDFText_GetFontSize(self._textpage, first))
        if 0.7 * size <= height <= 1.6 * size:
            return round(size, 1)
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self._textpage, first, matrix):
            return 0.0
        return round(abs(size) * math.hypot(matrix.c, matrix.d), 1)

    def _extent(self, first: int, last: int, edges: Edges) -> tuple[float, float, float, float]:
        """The box around every piece of a line whose ends in reading are not its ends on paper."""
        boxes = [edges[:4], edges[4:], *pieces_of(self._textpage, first, last)]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), max(tops), max(rights), min(bottoms)


WIDE = 0.55
"""Part of the page's width from which a line may be two lines of neighbouring columns."""


def _common_gap(textpage: "pdfium.FPDF_TEXTPAGE", frame: Frame, found: list[_Place]) -> float | None:
    """Where most wide lines have a gap, as x of the page as shown; None when they have none in common.

    Two lines are asked, four when the first ones have a gap: cheap enough to be done on every page.
    """
    wide = [place for place in found if place[0].width > WIDE * frame.width]
    if len(wide) < 10 or frame.turn:
        return None
    gaps: list[tuple[float, float]] = []
    for asked, place in enumerate(wide[1 :: max(len(wide) // 4, 1)][:4]):
        if gap := _gap(textpage, frame, place):
            gaps.append(gap)
        if len(gaps) < asked:
            return None
    for left, right in gaps:
        middle = (left + right) / 2
        if sum(a < middle < b for a, b in gaps) >= 3:
            return middle
    return None


def _gap(textpage: "pdfium.FPDF_TEXTPAGE", frame: Frame, place: _Place) -> tuple[float, float] | None:
    """The widest gap of a line, wider than the line is high and about its middle."""
    line, first, last = place
    found = pieces_of(textpage, first, last)[:40]
    pieces = sorted((left - frame.left, right - frame.left) for left, _, right, _ in found)
    gaps = [(b[0] - a[1], a[1], b[0]) for a, b in pairwise(pieces)]
    width, left, right = max(gaps, default=(0.0, 0.0, 0.0))
    middle = (left + right) / 2 - line.x
    return (left, right) if width > line.height and 0.3 < middle / line.width < 0.7 else None


def _halves(measure: _Measure, line: Line, first: int, last: int, gutter: float) -> list[Line]:
    """The two lines on either side of a gutter, or the one that does not cross it."""
    if not line.x < gutter < line.x + line.width:
        return [line]
    words = line.text.split(" ")
    start = first
    for count in range(1, len(words)):
        start += len(words[count - 1]) + 1
        right = measure.line(" ".join(words[count:]), min(start, last), last)
        if right.x >= gutter:
            left = measure.line(" ".join(words[:count]), first, start - 2)
            return [left, right] if left.x + left.width <= gutter else [line]
    return [line]
