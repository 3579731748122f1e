"""A few lines of words on a picture, set by PDFium in one of the standard fonts that it carries (Times).

Those fonts have the letters of western European languages (WinAnsi); `can_set` tells whether that is enough.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from pliego.pdf.picture import draw

REGULAR, BOLD = b"Times-Roman", b"Times-Bold"
Colour = tuple[int, int, int]


def can_set(text: str) -> bool:
    """Whether the fonts have every letter of it."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return text.isprintable()


@dataclass(frozen=True, slots=True)
class Face:
    """How words are to look; sizes in pixels."""

    font: bytes
    size: float
    colour: Colour
    leading: float = 1.2


class Lettering:
    """Words for one picture of ``width`` by ``height`` pixels, gathered first and then put on it at once."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._document = pypdfium2.PdfDocument.new()
        self._page = self._document.new_page(width, height)
        self._fonts = {name: pdfium.FPDFText_LoadStandardFont(self._document, name) for name in (REGULAR, BOLD)}

    def paragraph(self, text: str, face: Face, place: tuple[float, float], width: float, most: int) -> float:
        """Set at most so many lines of a ``width``, the last one cut if need be, from a top left corner.

        Give the y below them.
        """
        x, y = place
        for line in self._broken(text, face, width, most):
            self._set(line, face, x, y + face.size * 0.95)
            y += face.size * face.leading
        return y

    def put_on(self, image: Image.Image) -> Image.Image:
        """The picture with the words on it."""
        pdfium.FPDFPage_GenerateContent(self._page)
        words = draw(self._document, self._page, self.size, (0, 0, *self.size))
        self._document.close()
        return ImageChops.multiply(image, words)  # dark words on white leave everything else as it is

    def _broken(self, text: str, face: Face, width: float, most: int) -> Iterator[str]:
        words = text.split()
        for number in range(1, most + 1):
            line = ""
            while words and (not line or self._width(f"{line} {words[0]}", face) <= width):
                line = f"{line} {words.pop(0)}".strip()
            if not line:
                return
            cut = words and number == most
            yield self._cut(line, face, width, "…" if cut else "")

    def _cut(self, line: str, face: Face, width: float, end: str) -> str:
        """The line within the width: a word too long for it is cut, and so is the last line of a longer text."""
        if self._width(line + end, face) <= width:
            return line + end
        while line and self._width(f"{line}…", face) > width:
            line = line[:-1].rstrip(" ,.;:")
        return f"{line}…"

    def _width(self, text: str, face: Face) -> float:
        edges = [ctypes.c_float() for _ in range(4)]
        made = self._object(text, face)
        pdfium.FPDFPageObj_GetBounds(made, *edges)
        pdfium.FPDFPageObj_Destroy(made)
        return edges[2].value

    def _set(self, text: str, face: Face, x: float, baseline: float) -> None:
        made = self._object(text, face)
        pdfium.FPDFPageObj_SetFillColor(made, *face.colour, 255)
        pdfium.FPDFPageObj_Transform(made, 1, 0, 0, 1, x, self.size[1] - baseline)
        pdfium.FPDFPage_InsertObject(self._page, made)

    def _object(self, text: str, face: Face) -> "pdfium.FPDF_PAGEOBJECT":
        made = pdfium.FPDFPageObj_CreateTextObj(self._document, self._fonts[face.font], face.size)
        encoded = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
        pdfium.FPDFText_SetText(made, ctypes.cast(encoded, pdfium.FPDF_WIDESTRING))
        return made
