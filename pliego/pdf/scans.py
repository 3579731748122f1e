"""Pages that are pictures of pages: telling them, and giving them to a program that recognises words."""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice

import pypdfium2.raw as pdfium

from pliego.pdf.deep import page_at
from pliego.pdf.picture import MAX_OBJECTS, draw, drawn_objects
from pliego.pdf.source import Source

COVERED = 0.4
"""Part of a page that pictures have to cover: a scan may have wide margins, a photograph in a text has not so much."""
DOTS_PER_INCH = 300
"""What programs for recognition are trained on."""
MAX_SCAN_SIDE = 5000
"""Pixels of either side."""


def scanned_pages(source: Source, numbers: Iterable[int]) -> Iterator[int]:
    """Those of the pages that pictures cover. A page that cannot be opened is none of them."""
    with closing(source.pdfium()) as document:
        for number in numbers:
            page = pdfium.FPDF_LoadPage(document, number - 1)
            if not page:
                continue
            try:
                if _covered(page) >= COVERED:
                    yield number
            finally:
                pdfium.FPDF_ClosePage(page)


def _covered(page: "pdfium.FPDF_PAGE") -> float:
    """The part of a page that its images cover, overlaps counted twice."""
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    images = (
        drawn
        for drawn in islice(drawn_objects(page), MAX_OBJECTS)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_IMAGE
    )
    return float(sum(map(_area, images)) / max(area, 1.0))


def _area(drawn: "pdfium.FPDF_PAGEOBJECT") -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    return max(right.value - left.value, 0.0) * max(top.value - bottom.value, 0.0)


def draw_scan(source: Source, number: int) -> bytes:
    """The page as a grey picture at DOTS_PER_INCH, as a binary portable graymap (PGM).

    Raise NotFound without such a page, UnreadablePdf when it cannot be drawn.
    """
    with page_at(source, number) as (document, page):
        width, height = max(page.get_width(), 0.01), max(page.get_height(), 0.01)
        scale = min(DOTS_PER_INCH / 72, MAX_SCAN_SIDE / max(width, height))
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        image = draw(document, page, size, (0, 0, *size)).convert("L")
    return b"P5 %d %d 255\n" % size + image.tobytes()
