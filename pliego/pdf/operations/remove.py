"""Leave some pages out."""

from typing import Annotated

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.operation import Group, operation
from pliego.pdf.operations.extract import NOTES, keep
from pliego.pdf.refusals import NoPageLeft
from pliego.pdf.transplant import Donor
from pliego.pdf.work import Work, chosen


@operation(
    label=_("Remove pages"),
    summary=_("Leave out the pages you choose."),
    help=_("Nothing of these pages stays in the file. Bookmarks and links that led there are removed too."),
    group=Group.ORGANISE,
    icon="file-minus",
    sample={"pages": "1"},
    notes=NOTES,
)
def remove(
    work: Work, *, pages: Annotated[str, pages_field(help=_("Such as 1-3, 7, odd, last."), default=None, board="out")]
) -> None:
    """All other pages are grafted onto a new document."""
    donor = Donor(work.open())
    gone = set(chosen(pages, donor.pdf))
    left = [index for index in range(len(donor.pdf.pages)) if index not in gone]
    if not left:
        raise NoPageLeft
    keep(work, donor, left)
