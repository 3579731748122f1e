"""Make a damaged file whole again, as far as it can be read."""

import ctypes
import os
from contextlib import suppress

import pikepdf
import pypdfium2.raw as pdfium

from pliego.errors import NoPages, UnreadablePdf
from pliego.errors import gettext_noop as _
from pliego.pdf.operation import Group, operation
from pliego.pdf.work import Work


@operation(
    label=_("Repair a PDF"),
    summary=_("Read a damaged file as far as possible and write it anew."),
    help=_("For files that some readers refuse. What is lost cannot be brought back, but what is there opens again."),
    group=Group.OPTIMISE,
    icon="wrench",
    sample={},
    notes={
        "sound": _("Nothing was wrong with this file."),
        "mended": _("Faults found and mended: %(count)s. Pages of the result: %(pages)s."),
        "rescued": _("The file was badly damaged. Pages that could be saved: %(pages)s."),
    },
)
def repair(work: Work) -> None:
    """qpdf rebuilds what it can; where it gives up, PDFium has a try."""
    try:
        pdf = work.open()
    except (UnreadablePdf, NoPages):
        _rescue(work)
        return
    faults = [fault for fault in pdf.check_pdf_syntax() if "linearization" not in fault] + pdf.get_warnings()
    with suppress(pikepdf.PdfError):
        pdf.remove_unreferenced_resources()
    work.save(pdf)
    if faults:
        work.note("mended", count=len(faults), pages=work.pages)
    else:
        work.note("sound")


def _rescue(work: Work) -> None:
    document = work.draw()
    with work.result() as file:

        def write(_writer: object, data: int, size: int) -> int:
            return int(os.write(file.fileno(), ctypes.string_at(data, size)) == size)

        kind = type(pdfium.FPDF_FILEWRITE().WriteBlock)
        writer = pdfium.FPDF_FILEWRITE(version=1, WriteBlock=kind(write))
        if not pdfium.FPDF_SaveAsCopy(document, ctypes.byref(writer), pdfium.FPDF_NO_INCREMENTAL):
            raise UnreadablePdf
    work.pages = len(document)
    work.note("rescued", pages=work.pages)
