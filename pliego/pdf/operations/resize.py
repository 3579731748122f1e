"""Give all pages another size."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pikepdf import Array, Matrix, Page, Pdf

from pliego.errors import gettext_noop as _
from pliego.pdf.bookmarks import outline_items
from pliego.pdf.destinations import aim_of, annotations, places_of
from pliego.pdf.fields import choice, number, only
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.operation import Group, operation
from pliego.pdf.placing import MILLIMETRE, PAPERS, Cell, Sheet, shown_size
from pliego.pdf.report import Step
from pliego.pdf.work import Work

SIZES = {"a4": "A4", "a3": "A3", "a5": "A5", "a6": "A6", "letter": _("Letter"), "legal": _("Legal")}


@operation(
    label=_("Resize pages"),
    summary=_("Bring pages to a paper size, or make them larger or smaller."),
    help=_("Each page is scaled as a whole and centred; a page that lies on its side stays so. Text stays text."),
    group=Group.ORGANISE,
    icon="scaling",
    sample={"to": "a5"},
)
def resize(
    work: Work,
    *,
    to: Annotated[str, choice(_("Size"), {**SIZES, "scale": _("In per cent")}, default="a4")],
    percent: Annotated[
        float, only(number(_("Per cent of the present size"), 5, 1000, default=50, unit="%"), to="scale")
    ],
    margin: Annotated[float, number(_("Margin"), 0, 100, default=0, unit="mm")],
    pages: Annotated[str, pages_field()],
) -> None:
    """Each page is put onto a sheet of the new size, which takes its place."""
    pdf = work.open()
    matrices: dict[tuple[int, int], Matrix] = {}
    for index in work.each(Step.PAGES, work.changing(pages, pdf)):
        page = pdf.pages[index]
        width, height = _size(page, to, percent)
        edge = min(margin * MILLIMETRE, width * 0.4, height * 0.4)
        sheet = Sheet(pdf, width, height)
        cell = Cell(edge, edge, width - 2 * edge, height - 2 * edge)
        matrices[page.obj.objgen] = sheet.put(page, cell)
        sheet.fill(page.obj)
    _move_places(pdf, matrices)
    work.save(pdf)


def _size(page: Page, to: str, percent: float) -> tuple[float, float]:
    width, height = shown_size(page)
    if to == "scale":
        return max(width * percent / 100, 3.0), max(height * percent / 100, 3.0)
    short, long = PAPERS[to]
    return (long, short) if width > height else (short, long)


def _move_places(pdf: Pdf, matrices: dict[tuple[int, int], Matrix]) -> None:
    """Places that name a point of a page name the same point of it still."""
    moved = set()
    for place in _places(pdf):
        if place.is_indirect and place.objgen in moved:
            continue
        moved.add(place.objgen)
        matrix = matrices.get(place[0].objgen) if len(place) > 3 and place[1] == "/XYZ" else None
        if matrix is not None and all(isinstance(place[at], int | Decimal) for at in (2, 3)):
            x, y = matrix.transform((float(place[2]), float(place[3])))
            place[2], place[3] = round(x, 2), round(y, 2)


def _places(pdf: Pdf) -> Iterator[Array]:
    """Every place that is named, and those that links and bookmarks tell by themselves."""
    yield from places_of(pdf).named.values()
    links = (link for page in pdf.pages for link in annotations(page.obj))
    for holder in (*links, *outline_items(pdf)):
        aim = aim_of(holder)
        if isinstance(aim, Array) and len(aim):
            yield aim
