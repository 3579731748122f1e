"""Where things lie on a page as shown."""

import pypdfium2.raw as pdfium

from pliego.errors import UnreadablePdf


class Frame:
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
