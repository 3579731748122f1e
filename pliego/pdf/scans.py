"""Pages that are pictures of pages: telling them, and giving them to a program that recognises words."""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice, pairwise

import pypdfium2.raw as pdfium
from PIL import Image

from pliego.pdf.deep import page_at
from pliego.pdf.picture import MAX_OBJECTS, draw, drawn_objects
from pliego.pdf.source import Source

COVERED = 0.4
"""Part of a page that pictures have to cover: a scan may have wide margins, a photograph in a text has not so much."""
DOTS_PER_INCH = 300
"""What programs for recognition are trained on."""
MAX_SCAN_SIDE = 5000
"""Pixels of either side."""
LEAST_LEAN, MOST_LEAN = 0.2, 10.0
"""Degrees by which a page must be crooked to be straightened, and beyond which what looks so is something else."""
_LOOKED_AT = 800
"""Pixels of the width in which that is looked for."""
_CLEARLY = 1.5
"""How much sharper lines must be once the page is turned."""


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


def draw_scan(source: Source, number: int, *, straighten: bool = False) -> tuple[bytes, float]:
    """The page as a grey picture at DOTS_PER_INCH, as a binary portable graymap (PGM).

    To be straightened, it is turned about its middle by so many degrees to the left as are told beside the picture.
    Raise NotFound without such a page, UnreadablePdf when it cannot be drawn.
    """
    with page_at(source, number) as (document, page):
        width, height = max(page.get_width(), 0.01), max(page.get_height(), 0.01)
        scale = min(DOTS_PER_INCH / 72, MAX_SCAN_SIDE / max(width, height))
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        image = draw(document, page, size, (0, 0, *size)).convert("L")
    turn = lean(image) if straighten else 0.0
    if turn:
        image = image.rotate(turn, Image.Resampling.BICUBIC, fillcolor="white")
    return b"P5 %d %d 255\n" % size + image.tobytes(), turn


def lean(image: Image.Image) -> float:
    """By how many degrees the lines on a grey picture fall to the right; 0 where that is little or cannot be told.

    Where lines of words lie level, rows of ink and empty rows follow each other most sharply (see Postl, "Detection of
    linear oblique structures and skew scan in digitized documents", 1986).
    """
    small = image.resize((_LOOKED_AT, max(_LOOKED_AT * image.height // image.width, 1)), Image.Resampling.BOX)
    level, best = _sharpness(small, 0.0), 0.0
    for reach, step in ((MOST_LEAN, 1.0), (0.8, 0.2), (0.15, 0.05)):
        around, count = best, round(reach / step)
        best = max((around + step * at for at in range(-count, count + 1)), key=lambda turn: _sharpness(small, turn))
    told = LEAST_LEAN <= abs(best) <= MOST_LEAN and _sharpness(small, best) > _CLEARLY * level
    return round(best, 2) if told else 0.0


def _sharpness(image: Image.Image, turn: float) -> float:
    """How much the ink of neighbouring rows differs once a picture is turned."""
    across, down = image.width // 8, image.height // 8  # without the edges, where white comes in
    middle = image.rotate(turn, fillcolor="white").crop((across, down, image.width - across, image.height - down))
    rows = memoryview(middle.convert("F").resize((1, middle.height), Image.Resampling.BOX).tobytes()).cast("f")
    return sum((below - above) ** 2 for above, below in pairwise(rows))
