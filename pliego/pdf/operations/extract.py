"""Take some pages out into a PDF of their own."""

from typing import Annotated

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.operation import Group, operation
from pliego.pdf.report import Step
from pliego.pdf.transplant import Donor, Graft
from pliego.pdf.work import Work, in_order

NOTES = {
    "dead-links": _("%(count)s links led to pages that are not here any more and were removed."),
    "dead-links:one": _("%(count)s link led to a page that is not here any more and was removed."),
    "untagged": _("The tags for screen readers did not come along."),
    "opened": _("The result is not protected: to give it a password, protect it again."),
}


@operation(
    label=_("Extract pages"),
    summary=_("Make a new PDF of the pages you choose, in the order you write them."),
    help=_("Bookmarks and links between the chosen pages go on working; nothing of the other pages stays in the file."),
    group=Group.ORGANISE,
    icon="file-output",
    sample={"pages": "2,1"},
    notes=NOTES,
)
def extract(
    work: Work,
    *,
    pages: Annotated[
        str, pages_field(help=_("Such as 1-3, 7, odd, last. A page may come twice."), default=None, board="chosen")
    ],
) -> None:
    """The chosen pages are grafted onto a new document."""
    donor = Donor(work.open())
    keep(work, donor, in_order(pages, donor.pdf))


def keep(work: Work, donor: Donor, indexes: list[int]) -> None:
    """Make these pages of a document the result, with all that belongs to them."""
    work.step(Step.PAGES)
    graft = Graft()
    graft.add(donor, indexes)
    work.step(Step.PAGES, 1, 1)
    graft.carry(donor)
    pdf = graft.finish()
    if graft.dead_links:
        work.note("dead-links", count=graft.dead_links)
    if graft.structure.left_out:
        work.note("untagged")
    if donor.pdf.is_encrypted:
        work.note("opened")
    work.save(pdf, min_version=donor.pdf.pdf_version)
