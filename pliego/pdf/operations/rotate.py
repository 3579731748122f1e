"""Turn pages."""

from typing import Annotated

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.operation import Group, operation
from pliego.pdf.report import Step
from pliego.pdf.work import Work


@operation(
    label=_("Rotate pages"),
    summary=_("Turn pages that lie on their side or stand on their head."),
    help=_("Only the way in which the pages are shown changes: nothing is drawn anew and no quality is lost."),
    group=Group.ORGANISE,
    icon="rotate-cw",
    sample={"turn": "90"},
)
def rotate(
    work: Work,
    *,
    turn: Annotated[
        str,
        choice(_("Turn"), {"90": _("To the right"), "180": _("Upside down"), "270": _("To the left")}, default="90"),
    ],
    pages: Annotated[str, pages_field(board="turned")],
) -> None:
    """The angle is added to the one that each page has."""
    pdf = work.open(complete_pages=False)
    every = list(pdf.pages)
    for index in work.each(Step.PAGES, work.changing(pages, pdf)):
        every[index].rotate(int(turn), relative=True)
    work.save(pdf)
