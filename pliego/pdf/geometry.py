"""Where things lie on a page as shown."""

import ctypes
from decimal import Decimal
from typing import Any, Self

import pikepdf
import pypdfium2.raw as pdfium

from pliego.errors import UnreadablePdf


class Frame:
    """The page as shown: what its rotation (in quarters) and its visible box make of a point of its own space."""

    def __init__(self, left: float, top: float, right: float, bottom: float, turn: int) -> None:
        self.left, self.top, self.right, self.bottom = left, top, right, bottom
        self.turn = turn
        width, height = right - left, top - bottom
        self.width, self.height = (height, width) if turn % 2 else (width, height)

    @classmethod
    def of_opened(cls, page: "pdfium.FPDF_PAGE") -> Self:
        """That of a page that PDFium has loaded. Raise UnreadablePdf."""
        box = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(page, box):
            raise UnreadablePdf
        return cls(box.left, box.top, box.right, box.bottom, pdfium.FPDFPage_GetRotation(page) % 4)

    @classmethod
    def of_written(cls, page: pikepdf.Object) -> Self:
        """That of a page's dictionary, as PDFium would tell it, without reading what the page shows.

        Raise UnreadablePdf when there is none.
        """
        media = _box(_inherited(page, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
        crop = _box(_inherited(page, "/CropBox")) or media
        turn = _inherited(page, "/Rotate")
        left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
        right, top = min(media[2], crop[2]), min(media[3], crop[3])
        if left >= right or bottom >= top:
            raise UnreadablePdf
        return cls(left, top, right, bottom, int(_number(turn) / 90) % 4)

    def place(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the page's own space as (x, y, width, height) on the page as shown."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - left, top - bottom
        if self.turn == 1:
            return bottom - self.bottom, left - self.left, top - bottom, right - left
        if self.turn == 2:
            return self.right - right, bottom - self.bottom, right - left, top - bottom
        return self.top - top, self.right - right, top - bottom, right - left


MAX_ANCESTORS = 64


def _inherited(page: pikepdf.Object, name: str) -> object:
    """An attribute of a page, or of the nearest node above it that has it (ISO 32000-2, 7.7.3.4)."""
    node: object = page
    for _ in range(MAX_ANCESTORS):
        if not isinstance(node, pikepdf.Dictionary) or name in node:
            break
        node = node.get("/Parent")
    return node.get(name) if isinstance(node, pikepdf.Dictionary) else None


def _box(written: object) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top; None of what is no rectangle, or an empty one."""
    if not isinstance(written, pikepdf.Array) or len(written) != 4:
        return None
    x, y, other_x, other_y = (_number(side) for side in written)
    box = min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)
    return box if box[0] < box[2] and box[1] < box[3] else None


def _number(written: Any) -> float:
    """In single precision, as PDFium counts; 0 of what is no number."""
    return ctypes.c_float(float(written)).value if isinstance(written, (int, Decimal)) else 0.0
