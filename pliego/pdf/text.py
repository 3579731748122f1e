"""The words of a PDF, page by page: lines with their boxes in reading order, and reading text."""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from pliego.errors import UnreadablePdf
from pliego.pdf.layout import joined_fragments, reading_order, with_paragraphs
from pliego.pdf.source import Source
from pliego.pdf.values import MAX_READ_PAGES, Line, PageText

MAX_PAGE_CHARACTERS = 200_000
"""Text of one page beyond this is left out."""


def read_pages(source: Source, first: int, last: int) -> Iterator[PageText]:
    """Pages ``first`` to ``last`` (from 1, inclusive; cut to the pages there are and to MAX_READ_PAGES), in order.

    Running heads are told apart by comparing neighbours within the range, so a page is given only when the next eight
    are read. A page that cannot be read is given empty, with ``problem``.
    """
    with closing(source.pdfium()) as document:
        last = min(last, len(document), MAX_READ_PAGES)
        yield from with_paragraphs(_read_page(document, number) for number in range(max(first, 1), last + 1))


def _read_page(document: pypdfium2.PdfDocument, number: int) -> PageText:
    """The page without its paragraphs."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        return _unread(document, number)
    try:
        frame = _Frame(page)
        lines = _read_lines(page, frame)
        return PageText(number, round(frame.width, 2), round(frame.height, 2), lines)
    except UnreadablePdf:
        return _unread(document, number)
    finally:
        pdfium.FPDF_ClosePage(page)


def _unread(document: pypdfium2.PdfDocument, number: int) -> PageText:
    size = pdfium.FS_SIZEF()
    pdfium.FPDF_GetPageSizeByIndexF(document, number - 1, size)
    return PageText(number, round(size.width, 2), round(size.height, 2), problem=UnreadablePdf.code)


class _Frame:
    """The page as shown: what its rotation and crop box make of a point of the page's own space."""

    def __init__(self, page: "pdfium.FPDF_PAGE") -> None:
        box = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(page, box):
            raise UnreadablePdf
        self.left, self.top, self.right, self.bottom = box.left, box.top, box.right, box.bottom
        self.turn = pdfium.FPDFPage_GetRotation(page) % 4
        width, height = self.right - self.left, self.top - self.bottom
        self.width, self.height = (height, width) if self.turn % 2 else (width, height)

    def place(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the page's own space as (x, y, width, height) on the page as shown."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - left, top - bottom
        if self.turn == 1:
            return bottom - self.bottom, left - self.left, top - bottom, right - left
        if self.turn == 2:
            return self.right - right, bottom - self.bottom, right - left, top - bottom
        return self.top - top, self.right - right, top - bottom, right - left


def _read_lines(page: "pdfium.FPDF_PAGE", frame: _Frame) -> list[Line]:
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        raise UnreadablePdf
    try:
        lines = list(_lines(textpage, frame))
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    return reading_order(joined_fragments(lines), frame.width)


_LINE = re.compile("[^\r\n\ufffe\x02]*[^\\s\ufffe\x02]")
"""One line up to its last visible character. PDFium marks a word broken at a line end by U+FFFE or U+0002."""
_BROKEN = ("\ufffe", "\x02")


def _lines(textpage: "pdfium.FPDF_TEXTPAGE", frame: _Frame) -> Iterator[Line]:
    count = min(pdfium.FPDFText_CountChars(textpage), MAX_PAGE_CHARACTERS)
    text = _text(textpage, count)
    # Characters without a Unicode value are counted but not in the text: only then the two have to be brought together.
    aligned = len(text) == count
    measure = _Measure(textpage, frame)
    for match in _LINE.finditer(text):
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        words = _clean(text[start:end])
        if not words:
            continue
        if text[end : end + 1] in _BROKEN:
            words += "-"
        first, last = (start, end - 1) if aligned else (_index(textpage, start), _index(textpage, end - 1))
        yield measure.line(words, first, last)


def _text(textpage: "pdfium.FPDF_TEXTPAGE", count: int) -> str:
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    return bytes(memoryview(buffer)[: max(written - 1, 0)]).decode("utf-16-le", "replace")


def _index(textpage: "pdfium.FPDF_TEXTPAGE", place: int) -> int:
    return int(pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, place))


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class _Measure:
    """Boxes of lines at three calls into PDFium each: one for every character would cost four times as much."""

    def __init__(self, textpage: "pdfium.FPDF_TEXTPAGE", frame: _Frame) -> None:
        self.textpage = textpage
        self.frame = frame
        self._first = pdfium.FS_RECTF()
        self._last = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()

    def line(self, text: str, first: int, last: int) -> Line:
        """The line from character ``first`` to ``last``."""
        a, b = self._first, self._last
        pdfium.FPDFText_GetLooseCharBox(self.textpage, first, a)
        pdfium.FPDFText_GetLooseCharBox(self.textpage, last, b)
        box = (min(a.left, b.left), max(a.top, b.top), max(a.right, b.right), min(a.bottom, b.bottom))
        if not text.isascii() and _RIGHT_TO_LEFT.search(text):
            box = self._extent(first, last, box)
        x, y, width, height = self.frame.place(*box)
        size = self._size(first, a.top - a.bottom)
        return Line(text, round(x, 1), round(y, 1), round(width, 1), round(height, 1), round(size, 1))

    def _size(self, first: int, height: float) -> float:
        """The type size as shown. The size in the file is only half of it: programs write 1 and scale by a matrix."""
        size = float(pdfium.FPDFText_GetFontSize(self.textpage, first))
        if 0.7 * size <= height <= 1.6 * size:
            return size
        matrix = self._matrix
        if not pdfium.FPDFText_GetMatrix(self.textpage, first, matrix):
            return 0.0
        return abs(size) * math.hypot(matrix.c, matrix.d)

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


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\ufeff\ufff9-\uffff]+")
_PRESENTATION_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
"""Ligatures and shapes of letters, which stand for the letters themselves; superscripts and fractions stay."""


def _clean(text: str) -> str:
    """Letters instead of their shapes, single spaces, no control characters."""
    if text.isascii() and text.isprintable():
        return text
    text = _PRESENTATION_FORMS.sub(lambda shapes: unicodedata.normalize("NFKC", shapes[0]), text)
    soft = text.endswith("\xad")
    text = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ").strip()
    return f"{text}-" if soft and text else text
