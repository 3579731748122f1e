"""Several pages on each sheet."""

from collections.abc import Sequence
from typing import Annotated

from pikepdf import Dictionary, Name, Page, Pdf

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice, flag, number
from pliego.pdf.operation import Group, operation
from pliego.pdf.operations.resize import SIZES
from pliego.pdf.placing import MILLIMETRE, PAPERS, Cell, Sheet, renumber, shown_size
from pliego.pdf.report import Step
from pliego.pdf.work import Work

GRIDS = {"2": (1, 2), "4": (2, 2), "6": (2, 3), "8": (2, 4), "9": (3, 3), "16": (4, 4)}
"""Columns and rows on an upright sheet that holds pages lying down, which is turned for pages standing up."""


@operation(
    label=_("Several pages on a sheet"),
    summary=_("Put 2, 4 or more pages on each sheet, to print less paper."),
    help=_("Bookmarks and links lead to the sheet with their page. Text stays text."),
    group=Group.ORGANISE,
    icon="layout-grid",
    sample={"count": "2"},
)
def nup(
    work: Work,
    *,
    count: Annotated[str, choice(_("Pages on each sheet"), dict(zip(GRIDS, GRIDS, strict=True)), default="2")],
    paper: Annotated[str, choice(_("Paper"), SIZES, default="a4")],
    order: Annotated[str, choice(_("Order"), {"rows": _("Row by row"), "columns": _("Column by column")}, "rows")],
    margin: Annotated[float, number(_("Margin"), 0, 50, default=5, unit="mm")],
    gap: Annotated[float, number(_("Space between pages"), 0, 50, default=3, unit="mm")],
    frames: Annotated[bool, flag(_("A thin line around each page"))],
) -> None:
    """New sheets take the place of the pages."""
    pdf = work.open()
    upright = _upright(pdf)
    width, height, cells = grid(count, paper, upright, margin * MILLIMETRE, gap * MILLIMETRE)
    if order == "columns":
        rows = len({cell.y for cell in cells})
        columns = len(cells) // rows
        cells = [cells[row * columns + column] for column in range(columns) for row in range(rows)]
    old = list(pdf.pages)
    order_ = [list(range(start, min(start + len(cells), len(old)))) for start in range(0, len(old), len(cells))]
    impose(work, pdf, order_, width, height, cells, frames=frames)


def _upright(pdf: Pdf) -> bool:
    """Whether most pages stand up."""
    sizes = [shown_size(page) for page in pdf.pages]
    return sum(height >= width for width, height in sizes) * 2 >= len(sizes)


def grid(count: str, paper: str, upright: bool, margin: float, gap: float) -> tuple[float, float, list[Cell]]:
    """Width and height of the sheet, and its cells row by row."""
    width, height = PAPERS[paper]
    columns, rows = GRIDS[count]
    if upright == (columns != rows):  # pages standing up fit a sheet that lies, and the other way round
        width, height, columns, rows = height, width, rows, columns
    across = (width - 2 * margin - gap * (columns - 1)) / columns
    down = (height - 2 * margin - gap * (rows - 1)) / rows
    cells = [
        Cell(margin + column * (across + gap), height - margin - (row + 1) * down - row * gap, across, down)
        for row in range(rows)
        for column in range(columns)
    ]
    return width, height, cells


def impose(
    work: Work, pdf: Pdf, sheets: Sequence[Sequence[int | None]], width: float, height: float,
    cells: list[Cell], *, frames: bool = False,
) -> None:  # fmt: skip
    """Make the result of sheets with these pages, by index, in their cells; None leaves a cell empty."""
    old = list(pdf.pages)
    where: dict[int | None, Page] = {}
    made = []
    for indexes in work.each(Step.PAGES, sheets):
        sheet = Sheet(pdf, width, height)
        page = Page(pdf.make_indirect(Dictionary(Type=Name.Page)))
        for index, cell in zip(indexes, cells, strict=False):
            if index is not None:
                sheet.put(old[index], cell, frame=frames)
                where[index] = page
        sheet.fill(page.obj)
        made.append(page)
    for _old in old:
        del pdf.pages[-1]
    for page in made:
        pdf.pages.append(page)
    renumber(pdf, old, where)
    work.save(pdf)
