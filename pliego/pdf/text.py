"""The words of a PDF, page by page: lines with their boxes in reading order, and reading text."""

import ctypes
import math
import re
import resource
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from pliego.errors import UnreadablePdf
from pliego.pdf.columns import reading_order
from pliego.pdf.geometry import Frame
from pliego.pdf.layout import joined_fragments, with_paragraphs
from pliego.pdf.source import Source
from pliego.pdf.values import MAX_READ_PAGES, Line, PageText

MOST_KEPT = 24 << 20
"""Bytes by which reading a document may grow before it is opened anew."""
LEAST_AT_ONCE = 32
"""Pages that are read before that: to open a document takes as long as to read some of its pages."""
MAX_PAGE_CHARACTERS = 200_000
"""Text of one page beyond this is left out."""


def read_pages(source: Source, first: int, last: int) -> Iterator[PageText]:
    """Pages ``first`` to ``last`` (from 1, inclusive; cut to the pages there are and to MAX_READ_PAGES), in order.

    Running heads are told apart by comparing neighbours within the range, so a page is given only when the next eight
    are read. A page that cannot be read is given empty, with ``problem``.
    """
    yield from with_paragraphs(_read_all(source, first, last))


def _read_all(source: Source, first: int, last: int) -> Iterator[PageText]:
    """The pages without their paragraphs.

    PDFium keeps what it loads, such as fonts, until the document is closed. Where that comes to much, the document is
    opened anew each time so many pages have been read.
    """
    start, at_once, more = max(first, 1), MAX_READ_PAGES, True
    while more:
        more = False
        with closing(source.pdfium()) as document:
            before = _highest_memory()
            for number in range(start, min(last, len(document), MAX_READ_PAGES) + 1):
                yield _read_page(document, number)
                done = number - start + 1
                if at_once == MAX_READ_PAGES and _highest_memory() - before > MOST_KEPT:
                    at_once = max(done, LEAST_AT_ONCE)
                if done >= at_once:
                    start, more = number + 1, True
                    break


def _highest_memory() -> int:
    """Bytes that this process held at its highest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _read_page(document: pypdfium2.PdfDocument, number: int) -> PageText:
    """The page without its paragraphs."""
    try:
        with opened_page(document, number) as (frame, textpage, turned):
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
        return joined_fragments([line for line, *_ in lines_of(frame, textpage)])
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
    found = list(lines_of(frame, textpage))
    lines = [line for line, *_ in found]
    gutter = _common_gap(textpage, frame, found)
    if gutter is not None:
        measure = _Measure(textpage, frame)
        halves = [half for place in found for half in _halves(measure, *place, gutter)]
        apart = reading_order(halves, frame.width)
        if apart is not halves:
            return joined_fragments(apart)
    return reading_order(joined_fragments(lines), frame.width)


_LINE = re.compile("[^\r\n\ufffe\x02]*[^\\s\ufffe\x02]")
"""One line up to its last visible character. PDFium marks a word broken at a line end by U+FFFE or U+0002."""
_BROKEN = ("\ufffe", "\x02")


_Place = tuple[Line, int, int]
"""A line with its first and last character."""


def lines_of(frame: Frame, textpage: "pdfium.FPDF_TEXTPAGE") -> Iterator[_Place]:
    """The lines as PDFium tells them apart, in the order of the file."""
    characters = Characters(textpage)
    measure = _Measure(textpage, frame)
    aligned, index = characters.aligned, characters.index
    for words, start, end in characters.lines():
        first, last = (start, end - 1) if aligned else (index(start), index(end - 1))
        yield measure.line(words, first, last), first, last


class Characters:
    """The text of a page, and which of PDFium's characters each place of it is."""

    def __init__(self, textpage: "pdfium.FPDF_TEXTPAGE") -> None:
        self._textpage = textpage
        count = min(pdfium.FPDFText_CountChars(textpage), MAX_PAGE_CHARACTERS)
        self.text = _text(textpage, count)
        # Characters without a Unicode value are counted but not in the text: only then the two have to be matched.
        self.aligned = len(self.text) == count

    def index(self, place: int) -> int:
        """The number of the character at a place of the text."""
        return place if self.aligned else int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._textpage, place))

    def lines(self) -> Iterator[tuple[str, int, int]]:
        """The words of each line that has some, and where in the text they begin and end."""
        text = self.text
        for match in _LINE.finditer(text):
            end = match.end()
            written = match[0].lstrip()
            words = cleaned(written)
            if words:
                yield f"{words}-" if text[end : end + 1] in _BROKEN else words, end - len(written), end


def _text(textpage: "pdfium.FPDF_TEXTPAGE", count: int) -> str:
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    return bytes(memoryview(buffer)[: max(written - 1, 0)]).decode("utf-16-le", "replace")


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class _Measure:
    """Boxes of lines at three calls into PDFium each: one for every character would cost four times as much."""

    def __init__(self, textpage: "pdfium.FPDF_TEXTPAGE", frame: Frame) -> None:
        self.textpage = textpage
        self.frame = frame
        self._first = pdfium.FS_RECTF()
        self._last = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        # Characters of the same height are of the same font and size, so the size is only asked once for each.
        self._sizes: dict[int, float] = {}

    def line(self, text: str, first: int, last: int) -> Line:
        """The line from character ``first`` to ``last``."""
        a, b = self._first, self._last
        pdfium.FPDFText_GetLooseCharBox(self.textpage, first, a)
        pdfium.FPDFText_GetLooseCharBox(self.textpage, last, b)
        tall = a.top - a.bottom
        box = (a.left, max(a.top, b.top), b.right, min(a.bottom, b.bottom))
        if a.left > b.left or tall <= 0 or (not text.isascii() and _RIGHT_TO_LEFT.search(text)):
            box = self._extent(first, last, (min(a.left, b.left), box[1], max(a.right, b.right), box[3]))
        kind = int(tall * 50)
        size = self._sizes.get(kind)
        if size is None:
            size = self._sizes[kind] = self._size(first, tall)
        x, y, width, height = self.frame.place(*box)
        try:
            return Line(
                text, round(10 * x) / 10, round(10 * y) / 10, round(10 * width) / 10, round(10 * height) / 10, size
            )
        except (OverflowError, ValueError):  # a matrix gone wild makes infinite boxes
            return Line(text, 0.0, 0.0, 0.0, 0.0)

    def _size(self, first: int, height: float) -> float:
        """The type size as shown. The size in the file is only half of it: programs write 1 and scale by a matrix."""
        size = float(pdfium.FPDFText_GetFontSize(self.textpage, first))
        if 0.7 * size <= height <= 1.6 * size:
            return round(size, 1)
        matrix = self._matrix
        if not pdfium.FPDFText_GetMatrix(self.textpage, first, matrix):
            return 0.0
        return round(abs(size) * math.hypot(matrix.c, matrix.d), 1)

    def _extent(
        self, first: int, last: int, box: tuple[float, float, float, float]
    ) -> tuple[float, float, float, float]:
        """The box around every piece of a line whose ends in reading are not its ends on paper."""
        left, top, right, bottom = box
        corners = [ctypes.c_double() for _ in range(4)]
        for index in range(max(pdfium.FPDFText_CountRects(self.textpage, first, last - first + 1), 0)):
            if pdfium.FPDFText_GetRect(self.textpage, index, *corners):
                left, top = min(left, corners[0].value), max(top, corners[1].value)
                right, bottom = max(right, corners[2].value), min(bottom, corners[3].value)
        return left, top, right, bottom


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
    corners = [ctypes.c_double() for _ in range(4)]
    pieces = []
    for index in range(min(pdfium.FPDFText_CountRects(textpage, first, last - first + 1), 40)):
        pdfium.FPDFText_GetRect(textpage, index, *corners)
        pieces.append((corners[0].value - frame.left, corners[2].value - frame.left))
    pieces.sort()
    gaps = [(b[0] - a[1], a[1], b[0]) for a, b in pairwise(pieces)]
    width, left, right = max(gaps, default=(0.0, 0.0, 0.0))
    middle = (left + right) / 2 - line.x
    return (left, right) if width > line.height and 0.3 < middle / line.width < 0.7 else None


def _halves(measure: "_Measure", line: Line, first: int, last: int, gutter: float) -> list[Line]:
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


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\ufeff\ufff9-\uffff]+")
_PRESENTATION_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
"""Ligatures and shapes of letters, which stand for the letters themselves; superscripts and fractions stay."""


_SPACING_ACCENT = re.compile("([´¨˜ˆ¸ˇ˘¯˚˝])([A-Za-zı])")
_COMBINING = dict(zip("´¨˜ˆ¸ˇ˘¯˚˝", "\u0301\u0308\u0303\u0302\u0327\u030c\u0306\u0304\u030a\u030b", strict=True))


_TO_CLEAN = re.compile("[\x00-\x1f\x7f-\xa0\xa8\xad\xaf\xb4\xb8\u02c6-\u02dd\u200b\u2028\u2029\ufb00-\uffff]")
"""What most lines hold nothing of."""


def _accented(match: re.Match[str]) -> str:
    return match[2].replace("ı", "i") + _COMBINING[match[1]]


def cleaned(text: str) -> str:
    """Letters instead of their shapes and of accents set before them (as old TeX fonts do), no control characters."""
    if (text.isascii() and text.isprintable()) or (
        not _TO_CLEAN.search(text) and unicodedata.is_normalized("NFC", text)
    ):
        return text
    text = _SPACING_ACCENT.sub(_accented, text)
    text = _PRESENTATION_FORMS.sub(lambda shapes: unicodedata.normalize("NFKC", shapes[0]), text)
    soft = text.endswith("\xad")
    text = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ").strip()
    return f"{text}-" if soft and text else text
