"""One page as a picture.

Encoding costs more than rendering, and text is most of what people read: pages without photographs become lossless
WebP in a few flat tones, little more than half the size of lossy WebP and sharper; the others become lossy WebP. The
efforts below are measured on 60 random pages of manuals, none with a photograph, 1000 px wide (medians: lossless 36 ms
and 44 kB; lossy 43 ms and 78 kB, at the default effort 85 ms and 76 kB).
"""

import ctypes
import io
from collections.abc import Iterator
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from pliego.errors import UnreadablePdf
from pliego.pdf.deep import page_at
from pliego.pdf.source import Source

MAX_SIDE = 4096
"""Pixels of either side, whatever width was asked for."""

LOSSY_EFFORT, LOSSY_QUALITY = 2, 75
LOSSLESS_EFFORT, LOSSLESS_SEARCH = 1, 0

GREY_TOLERANCE = 24
"""Colour channels this near to one another are grey: fringes of scans, rich black."""
EVEN_TONES = 8
"""Steps between black and white: enough for the edges of letters."""
FLAT_TONES = 8
"""Tones that a page uses for areas and that are kept exactly, beside the even ones."""
FLAT_SHARE = 0.004
"""Part of the page from which a tone counts as an area."""
MAX_COLOURS = 256
MAX_OBJECTS = 5_000
"""Drawn objects of a page that are looked at for photographs."""
PHOTOGRAPH_SHARE = 0.01
"""Part of the page from which an image counts."""


def render_page(source: Source, number: int, width: int) -> bytes:
    """Page ``number`` (from 1) as WebP on white paper, with its annotations and form fields.

    ``width`` in pixels is kept unless the picture would be more than MAX_SIDE high: then it is narrower. Raise NotFound
    without such a page, UnreadablePdf when it cannot be drawn, and what Source.pdfium raises.
    """
    with page_at(source, number) as (document, page):
        size = clamped(page.get_width(), page.get_height(), width)
        image = draw(document, page, size, (0, 0, *size))
        return _encode(image, _has_photograph(page))


def clamped(width: float, height: float, wanted: int) -> tuple[int, int]:
    """Both sides in pixels of a page of so many points that is to be ``wanted`` pixels wide, clamped to MAX_SIDE."""
    width, height = max(width, 0.01), max(height, 0.01)
    scale = min(min(wanted, MAX_SIDE) / width, MAX_SIDE / height)
    return max(round(width * scale), 1), max(round(height * scale), 1)


def draw(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, size: tuple[int, int], area: tuple[int, int, int, int]
) -> Image.Image:
    """A white image of ``size`` with the whole page drawn into ``area``: x, y, width and height in pixels.

    The area may reach beyond the image: then a part of the page is drawn, at no more cost.
    """
    width, height = size
    pixels = bytearray(width * height * 4)
    buffer = (ctypes.c_ubyte * len(pixels)).from_buffer(pixels)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, buffer, width * 4)
    if not bitmap:
        raise UnreadablePdf
    try:
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, *area, 0, flags)
        if document.formenv:
            pdfium.FPDF_FFLDraw(document.formenv, bitmap, page, *area, 0, flags)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", width * 4, 1).convert("RGB")


def _encode(image: Image.Image, photograph: bool) -> bytes:
    if _is_grey(image):
        image = image.convert("L")
    if photograph:
        return _webp(image, method=LOSSY_EFFORT, quality=LOSSY_QUALITY)
    flat = flattened(image)
    if flat.mode == "RGB" and flat.getcolors(MAX_COLOURS) is None:
        return _webp(image, method=LOSSY_EFFORT, quality=LOSSY_QUALITY)
    return _webp(flat, lossless=True, method=LOSSLESS_EFFORT, quality=LOSSLESS_SEARCH)


def _webp(image: Image.Image, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", exact=True, **options)  # nothing is transparent: to look for that is a tenth of the time
    return out.getvalue()


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    pairs = ((red, green), (green, blue))
    return not any(any(ImageChops.difference(*pair).histogram()[GREY_TOLERANCE + 1 :]) for pair in pairs)


def flattened(image: Image.Image) -> Image.Image:
    """The image with few tones in each channel: even steps for edges, and exactly those that fill areas."""
    histogram = image.histogram()
    table: list[int] = []
    for channel in range(len(histogram) // 256):
        table += _nearest(_tones(histogram[channel * 256 : channel * 256 + 256]))
    return image.point(table)


def _tones(counts: list[int]) -> list[int]:
    least = FLAT_SHARE * sum(counts)
    areas = sorted((count, tone) for tone, count in enumerate(counts) if count >= least)[-FLAT_TONES:]
    even = (round(255 * step / (EVEN_TONES - 1)) for step in range(EVEN_TONES))
    return sorted({*even, *(tone for _, tone in areas)})


def _nearest(tones: list[int]) -> list[int]:
    return [min(tones, key=lambda tone: abs(tone - value)) for value in range(256)]


def _has_photograph(page: pypdfium2.PdfPage) -> bool:
    """Whether the page draws an image of more than two tones, or a gradient, over more than a speck."""
    least = PHOTOGRAPH_SHARE * page.get_width() * page.get_height()
    return any(_is_photograph(page, drawn, least) for drawn in islice(drawn_objects(page), MAX_OBJECTS))


def drawn_objects(page: "pypdfium2.PdfPage | pdfium.FPDF_PAGE") -> Iterator["pdfium.FPDF_PAGEOBJECT"]:
    """The objects of the page, and those of its forms one level down."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        yield drawn
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_FORM:
            for inner in range(pdfium.FPDFFormObj_CountObjects(drawn)):
                yield pdfium.FPDFFormObj_GetObject(drawn, inner)


def _is_photograph(page: pypdfium2.PdfPage, drawn: "pdfium.FPDF_PAGEOBJECT", least: float) -> bool:
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind == pdfium.FPDF_PAGEOBJ_SHADING:
        return True
    if kind != pdfium.FPDF_PAGEOBJ_IMAGE:
        return False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    if (right.value - left.value) * (top.value - bottom.value) < least:
        return False
    facts = pdfium.FPDF_IMAGEOBJ_METADATA()
    pdfium.FPDFImageObj_GetImageMetadata(drawn, page, facts)
    return bool(facts.bits_per_pixel != 1)
