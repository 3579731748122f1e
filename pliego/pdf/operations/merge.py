"""Join several PDFs into one."""

from pathlib import PurePath
from typing import Annotated

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import flag
from pliego.pdf.operation import Group, Inputs, operation
from pliego.pdf.report import Step
from pliego.pdf.transplant import Donor, Graft
from pliego.pdf.work import Work


@operation(
    label=_("Merge PDFs"),
    summary=_("Join several PDFs into one, in the order you choose."),
    help=_(
        "Bookmarks, links, forms, layers, attachments and tags go on working. Fields of forms that share a name are "
        "given different ones. Title and author are those of the first file."
    ),
    group=Group.ORGANISE,
    icon="combine",
    inputs=Inputs.SEVERAL,
    sample={},
    notes={
        "renamed": _("%(count)s form fields were given a new name, as another file had the same."),
        "renamed:one": _("%(count)s form field was given a new name, as another file had the same."),
        "untagged": _("The tags for screen readers did not come along."),
        "opened": _("The result is not protected: to give it a password, protect it again."),
    },
)
def merge(
    work: Work,
    *,
    entries: Annotated[bool, flag(_("A bookmark for each file"), _("Named like the file."), default=True)],
) -> None:
    """Each file in turn is grafted onto the result."""
    graft = Graft()
    for number in work.each(Step.PAGES, range(len(work.names))):
        donor = Donor(work.open(number))
        if donor.pdf.is_encrypted:
            work.note("opened")
        graft.add(donor, entry=PurePath(work.names[number]).stem if entries else "")
        graft.carry_trees(donor) if number else graft.carry(donor)
    if graft.renamed_fields:
        work.note("renamed", count=graft.renamed_fields)
    if graft.structure.left_out:
        work.note("untagged")
    work.save(graft.finish())
