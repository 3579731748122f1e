"""Make a PDF for the archive: PDF/A-2b."""

import pikepdf
from pikepdf import sanitize

from pliego.errors import gettext_noop as _
from pliego.pdf.archival import lacking, tell_colours
from pliego.pdf.converting import ORIGINAL
from pliego.pdf.operation import Group, operation
from pliego.pdf.refusals import NotArchival
from pliego.pdf.report import Step
from pliego.pdf.work import Work

_CARRIED = {"/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/CreationDate", "/ModDate"}


@operation(
    label=_("PDF/A for the archive"),
    summary=_("Make a PDF that can be read in the same way many years from now: PDF/A-2b."),
    help=_(
        "Ghostscript sets it anew, shut in and without a network: fonts are embedded and colours explained. Forms "
        "become part of the pages; scripts, attachments, the password and the tags for screen readers are left out. "
        "What comes of it is looked at, and there is no result unless it holds."
    ),
    group=Group.CONVERT,
    icon="archive",
    sample={},
    program="ghostscript",
    notes={
        "checked": _(
            "Checked: the colour profile, the metadata that names PDF/A-2b, embedded fonts, no protection, no scripts "
            "and no attachments. Only a validator such as veraPDF checks every rule."
        )
    },
)
def pdfa(work: Work) -> None:
    """The input is what Ghostscript made (see `converting`)."""
    pdf = work.open()
    original = work.further(ORIGINAL)
    if original:
        with pikepdf.open(original) as before, pdf.open_metadata(set_pikepdf_as_editor=False) as told:
            told.load_from_docinfo({name: value for name, value in before.docinfo.items() if name in _CARRIED})
    sanitize.remove_javascript(pdf)
    sanitize.remove_attachments(pdf)
    tell_colours(pdf)
    work.step(Step.CHECK)
    for what in lacking(pdf):
        raise NotArchival(what=what)
    work.note("checked")
    work.save(pdf, encryption=False)
