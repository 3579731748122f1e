"""The bookmarks of a PDF: the table of contents that its maker wrote (ISO 32000-2, 12.3.3)."""

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from functools import cached_property
from itertools import islice

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from pliego.errors import UnreadablePdf
from pliego.pdf.geometry import Frame
from pliego.pdf.source import Source
from pliego.pdf.title import one_line
from pliego.pdf.values import MAX_READ_PAGES, OutlineEntry

MAX_ENTRIES = 10_000
MAX_LEVEL = 12
"""Bookmarks below this level are left out."""
MAX_VISITS = 50_000
"""Bookmarks looked at, with those that lead nowhere."""
MAX_TITLE = 300
"""Characters of a title."""
_TITLE_BYTES = 4096


def read_outline(source: Source, frames: Mapping[int, Frame] | None = None) -> list[OutlineEntry]:
    """The entries in their order, at most MAX_ENTRIES. A bookmark that leads to no page of this file has none.

    ``frames``: those of the pages, by number, as far as they are known. Raise what Source.pdfium raises.
    """
    with ExitStack() as stack:
        document = stack.enter_context(closing(source.pdfium()))
        return list(islice(_entries(document, _Places(document, source, stack, frames or {})), MAX_ENTRIES))


def _entries(document: pypdfium2.PdfDocument, places: "_Places") -> Iterator[OutlineEntry]:
    deepest = 1
    for bookmark, level in islice(_bookmarks(document), MAX_VISITS):
        title = _title(bookmark)
        place = places.of(bookmark) if title else None
        if place:
            page, point = place
            yield OutlineEntry(title, min(level, deepest), page, places.shown(page, point))
            deepest = min(level, deepest) + 1


def _bookmarks(document: pypdfium2.PdfDocument) -> Iterator[tuple["pdfium.FPDF_BOOKMARK", int]]:
    """Each bookmark with its level, parents first. The file may tie them into rings: none is given twice."""
    seen: set[int] = set()
    waiting = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    while waiting:
        bookmark, level = waiting.pop()
        address = ctypes.cast(bookmark, ctypes.c_void_p).value
        if not address or address in seen:
            continue
        seen.add(address)
        yield bookmark, level
        waiting.append((pdfium.FPDFBookmark_GetNextSibling(document, bookmark), level))
        if level < MAX_LEVEL:
            waiting.append((pdfium.FPDFBookmark_GetFirstChild(document, bookmark), level + 1))


def _title(bookmark: "pdfium.FPDF_BOOKMARK") -> str:
    """In one line, without characters that cannot be seen."""
    length = min(pdfium.FPDFBookmark_GetTitle(bookmark, None, 0), _TITLE_BYTES)
    buffer = ctypes.create_string_buffer(_TITLE_BYTES)
    pdfium.FPDFBookmark_GetTitle(bookmark, buffer, _TITLE_BYTES)
    return one_line(buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace"))[:MAX_TITLE].strip()


class _Places:
    """Where bookmarks lead."""

    def __init__(
        self, document: pypdfium2.PdfDocument, source: Source, stack: ExitStack, frames: Mapping[int, Frame]
    ) -> None:
        self.document = document
        self._source = source
        self._stack = stack
        self.pages = min(len(document), MAX_READ_PAGES)
        self._frames: dict[int, Frame | None] = {**frames}

    def of(self, bookmark: "pdfium.FPDF_BOOKMARK") -> tuple[int, tuple[float, float] | None] | None:
        """The page, from 1, and the point in the page's own space, if told; None when it leads to no page."""
        target = pdfium.FPDFBookmark_GetDest(self.document, bookmark)
        if not target:
            action = pdfium.FPDFBookmark_GetAction(bookmark)
            if pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_GOTO:
                return None
            target = pdfium.FPDFAction_GetDest(self.document, action)
        index = pdfium.FPDFDest_GetDestPageIndex(self._counted, target)
        return (index + 1, _point(target)) if 0 <= index < self.pages else None

    @cached_property
    def _counted(self) -> pypdfium2.PdfDocument:
        """The document, each page looked up: else PDFium counts all pages before it for every bookmark."""
        size = pdfium.FS_SIZEF()
        for index in range(self.pages):
            pdfium.FPDF_GetPageSizeByIndexF(self.document, index, size)
        return self.document

    def shown(self, number: int, point: tuple[float, float] | None) -> float | None:
        """How far below the top of the page as shown a point of its own space lies."""
        frame = self._frame(number) if point else None
        if frame is None or point is None:
            return None
        x, y = point
        below = frame.place(x, y, x, y)[1]
        return float(round(min(max(below, 0.0), frame.height), 1))

    def _frame(self, number: int) -> Frame | None:
        """None for a page whose box is not to be told."""
        if number not in self._frames:
            self._frames[number] = None
            with suppress(UnreadablePdf, IndexError):
                self._frames[number] = Frame.of_written(self._pages[number - 1])
        return self._frames[number]

    @cached_property
    def _pages(self) -> list[pikepdf.Object]:
        """The pages as written: PDFium would read all that a page shows before it told its box. Raise UnreadablePdf.

        All of them at once: to be asked for one, qpdf copies the list of all.
        """
        try:
            return [page.obj for page in self._stack.enter_context(self._source.qpdf()).pages]
        except (pikepdf.PdfError, RuntimeError) as error:
            raise UnreadablePdf from error


def _point(target: "pdfium.FPDF_DEST") -> tuple[float, float] | None:
    """The point of /XYZ, /FitH, ... as far as it is told (ISO 32000-2, table 149)."""
    arguments = (pdfium.FS_FLOAT * 4)()
    kind = pdfium.FPDFDest_GetView(target, ctypes.c_ulong(), arguments)
    if kind == pdfium.PDFDEST_VIEW_XYZ:
        told = [ctypes.c_int() for _ in range(3)]
        x, y, zoom = (ctypes.c_float() for _ in range(3))
        pdfium.FPDFDest_GetLocationInPage(target, *told, x, y, zoom)
        return (x.value, y.value) if told[1].value else None
    if kind in (pdfium.PDFDEST_VIEW_FITH, pdfium.PDFDEST_VIEW_FITBH):
        return 0.0, arguments[0]
    if kind == pdfium.PDFDEST_VIEW_FITR:
        return arguments[0], arguments[3]
    return None
