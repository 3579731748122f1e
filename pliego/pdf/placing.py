"""Pages as they are shown, and put onto other sheets: scaled, turned upright, side by side.

A page becomes a form XObject, so that its patterns and its clipping stay what they are, and its annotations move along.
Lengths are points; sheets have their origin at the BOTTOM left, as PDF does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Page, Pdf, Rectangle

from pliego.pdf.bookmarks import moved, read_bookmarks, write_bookmarks
from pliego.pdf.destinations import annotations, name_tree, places_of
from pliego.pdf.drawn import streams_in

MILLIMETRE = 72 / 25.4
PAPERS = {
    "a3": (841.89, 1190.55),
    "a4": (595.28, 841.89),
    "a5": (419.53, 595.28),
    "a6": (297.64, 419.53),
    "letter": (612.0, 792.0),
    "legal": (612.0, 1008.0),
}
"""Width and height of sheets, upright."""
_POINTS = ("/QuadPoints", "/Vertices", "/L", "/CL")
LEAST_SIDE = 3.0
"""Points; a page has no shorter side (ISO 32000-2, annex C)."""


_LETTER = Rectangle(0, 0, 612, 792)
"""What readers show of a page that does not tell how large it is."""


def shown_box(page: Page) -> Rectangle:
    """What readers show of a page, in its own space: its crop box as far as that lies within its media box.

    A box that is none, or where nothing lies, does not count.
    """
    media = _box(page, "/MediaBox") or _LETTER
    crop = _box(page, "/CropBox") or media
    left, bottom = max(media.llx, crop.llx), max(media.lly, crop.lly)
    right, top = min(media.urx, crop.urx), min(media.ury, crop.ury)
    return Rectangle(left, bottom, right, top) if left < right and bottom < top else media


def _box(page: Page, name: str) -> Rectangle | None:
    box = _rectangle(page.obj.get(name))
    return box if box is not None and box.width > 0 and box.height > 0 else None


def quarters(page: Page) -> int:
    """How many quarters to the right a page is turned, from 0 to 3; what is no quarter does not count."""
    told = page.obj.get("/Rotate")
    return int(told / 90) % 4 if isinstance(told, int | Decimal) else 0


def shown_size(page: Page) -> tuple[float, float]:
    """Width and height of a page as a reader shows it."""
    box = shown_box(page)
    return (box.height, box.width) if quarters(page) % 2 else (box.width, box.height)


def inset(page: Page, left: float, top: float, right: float, bottom: float) -> Rectangle | None:
    """The crop box without these margins of the page as shown; None when nothing would be left."""
    box = shown_box(page)
    for _ in range(quarters(page)):
        left, top, right, bottom = top, right, bottom, left
    llx, lly, urx, ury = box.llx + left, box.lly + bottom, box.urx - right, box.ury - top
    return Rectangle(llx, lly, urx, ury) if urx - llx >= LEAST_SIDE and ury - lly >= LEAST_SIDE else None


@dataclass(frozen=True, slots=True)
class Cell:
    """Where on a sheet a page goes: it is fitted in and centred."""

    x: float
    y: float
    width: float
    height: float

    def matrix(self, page: Page) -> Matrix:
        """From the space of the page to that of the sheet."""
        width, height = shown_size(page)
        scale = min(self.width / width, self.height / height)
        turned = upright(page)
        x, y = self.x + (self.width - width * scale) / 2, self.y + (self.height - height * scale) / 2
        return turned @ Matrix(scale, 0, 0, scale, x, y)


def upright(page: Page) -> Matrix:
    """From the space of a page to that of the page as shown, its bottom left at the origin."""
    box = shown_box(page)
    width, height = shown_size(page)
    turned = (
        Matrix(1, 0, 0, 1, -box.llx, -box.lly),
        Matrix(0, -1, 1, 0, -box.lly, height + box.llx),
        Matrix(-1, 0, 0, -1, width + box.llx, height + box.lly),
        Matrix(0, 1, -1, 0, width + box.lly, -box.llx),
    )
    return turned[quarters(page)]


@dataclass(slots=True)
class Sheet:
    """A new page in the making."""

    pdf: Pdf
    width: float
    height: float
    content: list[bytes] = field(default_factory=list)
    """What is drawn; the graphics state /M lets what is below shine through."""
    forms: dict[str, pikepdf.Object] = field(default_factory=dict)
    annotations: list[pikepdf.Object] = field(default_factory=list)

    def put(self, page: Page, cell: Cell, *, frame: bool = False) -> Matrix:
        """Put a page of the same document into a cell; ``frame``: with a hairline around it."""
        matrix = cell.matrix(page)
        name = f"/P{len(self.forms)}"
        self.forms[name] = _form(self.pdf, page)
        self.content.append(b"q %b cm %b Do Q" % (matrix.encode(), name.encode()))
        if frame:
            self.content.append(_frame(shown_box(page), matrix))
        for annotation in annotations(page.obj):
            move_annotation(annotation, matrix, quarters(page) * 90)
            self.annotations.append(annotation)
        return matrix

    def fill(self, page: Dictionary) -> None:
        """Make a page dictionary this sheet; all else that it says stays."""
        for key in ("/Rotate", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Annots", "/UserUnit", "/Group", "/B"):
            if key in page:
                del page[key]
        page.MediaBox = Array([0, 0, round(self.width, 3), round(self.height, 3)])
        if "/Contents" in page:
            del page.Contents
        if self.content:
            page.Contents = self.pdf.make_stream(b"\n".join(self.content))
        multiply = Dictionary(Type=Name.ExtGState, BM=Name.Multiply)
        page.Resources = Dictionary(XObject=Dictionary(self.forms), ExtGState=Dictionary(M=multiply))
        if self.annotations:
            page.Annots = Array(self.annotations)


def _form(pdf: Pdf, page: Page) -> pikepdf.Object:
    """The page as a form XObject in its own space: what its crop box shows, neither turned nor scaled."""
    # Of a copy: qpdf reads the content when the document is saved, and the page may have another by then.
    copy = Page(pdf.make_indirect(Dictionary(dict(page.obj.items()))))
    box = shown_box(page)
    copy.obj.TrimBox = Array([box.llx, box.lly, box.urx, box.ury])  # which the conversion takes for its bounds
    return copy.as_form_xobject(handle_transformations=False)


def _frame(box: Rectangle, matrix: Matrix) -> bytes:
    around = matrix.transform(box)
    return b"q 0.6 G 0.5 w %.2f %.2f %.2f %.2f re S Q" % (around.llx, around.lly, around.width, around.height)


def move_annotation(annotation: Dictionary, matrix: Matrix, turn: int = 0) -> None:
    """Move an annotation as the page under it moves, which is turned upright by ``turn`` degrees."""
    if (rectangle := rectangle_of(annotation)) is not None:
        moved_to = matrix.transform(rectangle)
        annotation.Rect = Array([moved_to.llx, moved_to.lly, moved_to.urx, moved_to.ury])
    for key in _POINTS:
        if isinstance(points := annotation.get(key), Array):
            annotation[key] = _moved_points(points, matrix)
    if isinstance(ink := annotation.get("/InkList"), Array):
        annotation.InkList = Array([_moved_points(stroke, matrix) for stroke in ink if isinstance(stroke, Array)])
    if turn % 360:
        _turn_appearances(annotation, turn)


def rectangle_of(annotation: Dictionary) -> Rectangle | None:
    """Where an annotation is on its page, None when it does not tell."""
    return _rectangle(annotation.get("/Rect"))


def _rectangle(told: object) -> Rectangle | None:
    try:
        return Rectangle(told) if isinstance(told, Array) and len(told) == 4 else None
    except (TypeError, ValueError):
        return None


def _moved_points(points: Array, matrix: Matrix) -> Array:
    numbers = [float(number) for number in points]
    pairs = zip(numbers[::2], numbers[1::2], strict=False)
    return Array([number for x, y in pairs for number in matrix.transform((x, y))])


def _turn_appearances(annotation: Dictionary, turn: int) -> None:
    turning = Matrix().rotated(-turn)
    for stream in streams_in(annotation.get("/AP")):
        stream.Matrix = (Matrix(stream.get("/Matrix", Array([1, 0, 0, 1, 0, 0]))) @ turning).as_array()


def renumber(pdf: Pdf, old: Sequence[Page], sheets: Mapping[int | None, Page]) -> None:
    """Let bookmarks, named places and links that led to an old page lead to the sheet that it is on now.

    ``sheets``: by the index of the old page. Call it after the old pages have left the page tree.
    """
    places = places_of(pdf)
    places.pages = {page.obj.objgen: index for index, page in enumerate(old)}
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    where = {index: numbers[sheet.obj.objgen] for index, sheet in sheets.items()}
    bookmarks = moved(read_bookmarks(pdf, places), where.get)
    tree = name_tree(pdf, "/Dests")
    if tree is not None:
        for name, aim in list(tree.items()):
            if (index := places.page(places.of(aim))) in sheets:
                tree[name] = Array([sheets[index].obj, Name.Fit])
    for page in pdf.pages:
        for link in annotations(page.obj):
            if (index := places.page(places.aim(link))) in sheets:
                _aim(link, sheets[index])
    for key in ("/OpenAction", "/PageLabels", "/StructTreeRoot", "/MarkInfo", "/Dests"):
        if key in pdf.Root:
            del pdf.Root[key]
    write_bookmarks(pdf, bookmarks)


def _aim(link: Dictionary, sheet: Page) -> None:
    if "/A" in link:
        del link.A
    link.Dest = Array([sheet.obj, Name.Fit])
