"""Sheets that are folded in the middle."""

from typing import Annotated

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice, flag, number
from pliego.pdf.operation import Group, operation
from pliego.pdf.operations.nup import impose
from pliego.pdf.operations.resize import SIZES
from pliego.pdf.placing import MILLIMETRE, PAPERS, Cell
from pliego.pdf.work import Work


@operation(
    label=_("Make a booklet"),
    summary=_("Arrange the pages so that the printed sheets, folded in the middle, make a booklet."),
    help=_("Print on both sides, turning over at the short edge. Empty pages fill up the last sheet."),
    group=Group.ORGANISE,
    icon="book-open",
    sample={},
    notes={"sheets": _("%(count)s sheets of paper."), "sheets:one": _("%(count)s sheet of paper.")},
)
def booklet(
    work: Work,
    *,
    paper: Annotated[str, choice(_("Paper"), SIZES, default="a4")],
    gutter: Annotated[float, number(_("Space at the fold"), 0, 50, default=0, unit="mm")],
    backwards: Annotated[bool, flag(_("Bound at the right"), _("For scripts that run from right to left."))],
) -> None:
    """Two pages side by side on each side of a sheet, in the order of folding."""
    pdf = work.open()
    height, width = PAPERS[paper]
    half, fold = width / 2, gutter * MILLIMETRE / 2
    cells = [Cell(0, 0, half - fold, height), Cell(half + fold, 0, half - fold, height)]
    sides = folding_order(len(pdf.pages))
    if backwards:
        sides = [side[::-1] for side in sides]
    work.note("sheets", count=len(sides) // 2)
    impose(work, pdf, sides, width, height, cells)


def folding_order(count: int) -> list[list[int | None]]:
    """The pages, by index, on the left and right of each side of the sheets; None for an empty page."""
    total = (count + 3) // 4 * 4
    pages: list[int | None] = [index if index < count else None for index in range(total)]
    sides = []
    for first in range(0, total // 2, 2):
        sides.append([pages[total - 1 - first], pages[first]])
        sides.append([pages[first + 1], pages[total - 2 - first]])
    return sides
