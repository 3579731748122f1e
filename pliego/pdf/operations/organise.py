"""Order, turn, double and leave out pages in one go."""

from typing import Annotated

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import order
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.operation import Group, operation
from pliego.pdf.operations.extract import NOTES, keep
from pliego.pdf.transplant import Donor
from pliego.pdf.work import Work, chosen, in_order

_HELP = _("Such as 1-3, 7, odd, last. None unless told.")


@operation(
    label=_("Organise pages"),
    summary=_("Put the pages in order, turn them, double them and leave some out, all in one go."),
    help=_(
        "Pages to be turned are named by their numbers in your file. Nothing of the pages left out stays in the file."
    ),
    group=Group.ORGANISE,
    icon="layout-grid",
    sample={"pages": "2,1", "right": "1"},
    notes=NOTES,
)
def organise(
    work: Work,
    *,
    pages: Annotated[
        str,
        order(
            _("Pages"),
            _("Those that stay, as they are to follow, such as 3, 1, 5-last. A page may come twice."),
            default="all",
            board="arrange",
        ),
    ],
    right: Annotated[str, pages_field(_("Turn to the right"), _HELP, default="", board="beside")],
    around: Annotated[str, pages_field(_("Turn upside down"), _HELP, default="", board="beside")],
    left: Annotated[str, pages_field(_("Turn to the left"), _HELP, default="", board="beside")],
) -> None:
    """Pages are turned where they are, then grafted onto a new document."""
    donor = Donor(work.open())
    every = list(donor.pdf.pages)
    for words, degrees in ((right, 90), (around, 180), (left, 270)):
        for index in chosen(words, donor.pdf) if words else ():
            every[index].rotate(degrees, relative=True)
    keep(work, donor, in_order(pages, donor.pdf))
