"""Let a document carry a file along."""

from typing import Annotated

from pikepdf import AttachedFileSpec

from pliego.errors import BadRequest
from pliego.errors import gettext_noop as _
from pliego.pdf.fields import file, text
from pliego.pdf.operation import Group, operation
from pliego.pdf.transplant import free_name
from pliego.pdf.work import Work


@operation(
    label=_("Attach a file"),
    summary=_("Put a file of any kind into a PDF, to travel with it."),
    help=_("Readers show it in their list of attachments. Run the tool again to attach another."),
    group=Group.EDIT,
    icon="file-plus",
    sample={"file": "note.txt"},
)
def attach(
    work: Work,
    *,
    file: Annotated[str, file(_("File"), default=None)],
    description: Annotated[str, text(_("Description"))],
) -> None:
    """A name that is taken gets a number."""
    given = work.further("file")
    if given is None:
        raise BadRequest(what="file")
    pdf = work.open()
    name = free_name(file, dict(pdf.attachments.items()))
    pdf.attachments[name] = AttachedFileSpec(pdf, given.read(), filename=name, description=description)
    work.save(pdf)
