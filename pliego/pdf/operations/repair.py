"""Make a damaged file whole again, as far as it can be read."""

import ctypes
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, BinaryIO

import pikepdf
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Object

from pliego.errors import UnreadablePdf
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
        pdf = work.unlooked()
        ways_back = _untangle(pdf)
        count = len(pdf.pages)
    except (UnreadablePdf, pikepdf.PdfError):
        count = 0
    if not count:
        _rescue(work)
        return
    faults = [fault for fault in pdf.check_pdf_syntax() if "linearization" not in fault] + pdf.get_warnings()
    with suppress(pikepdf.PdfError):
        pdf.remove_unreferenced_resources()
    work.save(pdf)
    if ways_back or faults:
        work.note("mended", count=ways_back + len(faults), pages=work.pages)
    else:
        work.note("sound")


def _untangle(pdf: pikepdf.Pdf) -> int:
    """Cut the ways that lead from the page tree back into it (ISO 32000-2, 7.7.3: it is a tree); give their number."""
    root = pdf.Root.get("/Pages")
    if root is None or _kids(root) is None:
        return 0
    nodes, above, pages, known, cut = [root], [0], [0], {root.objgen}, 0
    for place, node in enumerate(nodes):  # which grow meanwhile
        kept = []
        for kid in _kids(node) or ():
            if _kids(kid) is None:
                pages[place] += 1
            elif kid.is_indirect and kid.objgen in known:
                cut += 1
                continue
            else:
                known.add(kid.objgen)
                nodes.append(kid)
                above.append(place)
                pages.append(0)
            kept.append(kid)
        node.Kids = Array(kept)
    if cut:
        _tell_counts(nodes, above, pages)
    return cut


def _kids(node: Object | None) -> list[Object] | None:
    """What a node of the page tree holds; None of a page."""
    kids = node.get("/Kids") if isinstance(node, Dictionary) else None
    return list(kids) if isinstance(kids, Array) else None


def _tell_counts(nodes: Sequence[Object], above: Sequence[int], pages: list[int]) -> None:
    """Write into each node how many pages are below it, in those nodes too that have it as the one above them."""
    for place in reversed(range(1, len(nodes))):
        pages[above[place]] += pages[place]
    for node, count in zip(nodes, pages, strict=True):
        node.Count = count


class _Writer(ctypes.Structure):
    """PDFium's writer, and where it writes to."""

    _fields_ = (("writer", pdfium.FPDF_FILEWRITE), ("descriptor", ctypes.c_int))


def _write(writer: Any, data: int, size: int) -> int:
    descriptor = ctypes.cast(writer, ctypes.POINTER(_Writer)).contents.descriptor
    return int(os.write(descriptor, ctypes.string_at(data, size)) == size)


_WRITE = type(pdfium.FPDF_FILEWRITE().WriteBlock)(_write)
"""Made once, before the child is shut in: it asks for memory that may be executed."""


def _rescue(work: Work) -> None:
    document = work.draw()
    with work.result() as file:
        writer = _Writer(pdfium.FPDF_FILEWRITE(version=1, WriteBlock=_WRITE), file.fileno())
        saved = pdfium.FPDF_SaveAsCopy(document, ctypes.byref(writer.writer), pdfium.FPDF_NO_INCREMENTAL)
        if not saved or not _opens(file):
            raise UnreadablePdf
    work.pages = len(document)
    work.note("rescued", pages=work.pages)


def _opens(file: BinaryIO) -> bool:
    """Whether all readers find the pages of what was written."""
    with suppress(pikepdf.PdfError), pikepdf.open(file) as pdf:
        return len(pdf.pages) > 0
    return False
