"""Take out the files that a document carries along."""

from pliego.errors import gettext_noop as _
from pliego.pdf.carried import carried_files
from pliego.pdf.operation import Group, Output, operation
from pliego.pdf.work import Work
from pliego.pdf.zipping import Zip


@operation(
    label=_("Extract attachments"),
    summary=_("Take out the files that a PDF carries along, as a ZIP."),
    help=_("Be careful with files from strangers: they are given to you as they are."),
    group=Group.CONVERT,
    icon="paperclip",
    output=Output.ZIP,
    sample={},
    notes={
        "files": _("%(count)s files."),
        "files:one": _("%(count)s file."),
        "nothing": _("This PDF carries no files; the ZIP is empty."),
    },
)
def attachments(work: Work) -> None:
    """Those of the document and those pinned to pages."""
    pdf = work.open()
    count = 0
    with work.result() as file, Zip(file) as zipped:
        for name, content in carried_files(pdf):
            zipped.add(name, content)
            count += 1
    work.note("files", count=count) if count else work.note("nothing")
