"""A PDF of a text, a table or a presentation."""

from pikepdf import ObjectStreamMode

from pliego.errors import gettext_noop as _
from pliego.pdf.operation import Group, Inputs, operation
from pliego.pdf.work import Work


@operation(
    label=_("Office to PDF"),
    summary=_("Make a PDF of a text, a table or a presentation: Word, Excel, PowerPoint, OpenDocument, HTML, CSV."),
    help=_(
        "LibreOffice makes it, shut in and without a network: macros are not run, nothing is fetched from elsewhere. "
        "Fonts that are not installed here are replaced, so that lines may break differently."
    ),
    group=Group.CONVERT,
    icon="file-type",
    inputs=Inputs.OFFICE,
    sample={},
    program="libreoffice",
)
def office(work: Work) -> None:
    """The input is the PDF that was made (see `converting`), which is packed better here."""
    work.save(work.open(), object_stream_mode=ObjectStreamMode.generate)
