"""What a PDF says about itself."""

import io
from contextlib import ExitStack, closing
from itertools import groupby
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from pliego.errors import NoPages, UnreadablePdf
from pliego.pdf.actions import active_content
from pliego.pdf.labels import read_runs
from pliego.pdf.metadata import INFO_KEYS, decode, merge, read_metadata
from pliego.pdf.source import Source, open_pdfium
from pliego.pdf.values import MAX_READ_PAGES, PdfFacts

VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0")


def read_facts(source: Source) -> PdfFacts:
    """Everything in PdfFacts. Raise NeedsPassword, WrongPassword, NoPages or UnreadablePdf.

    PDFium tells what is shown (pages and their sizes), qpdf tells what is written. Where one of them cannot open a
    damaged file, the other's account is enough.
    """
    with ExitStack() as stack:
        try:
            pdf = stack.enter_context(source.qpdf())
        except UnreadablePdf:
            return _without_structure(stack.enter_context(closing(source.pdfium())))
        try:
            document = source.pdfium()
            repaired = not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document)
        except UnreadablePdf:
            document = open_pdfium(_resaved(pdf))
            repaired = True
        stack.enter_context(closing(document))
        return _facts(document, pdf, source, repaired or _was_rebuilt(pdf))


def _resaved(pdf: pikepdf.Pdf) -> bytes:
    """The document as qpdf understands it, for PDFium."""
    copy = io.BytesIO()
    try:
        if not len(pdf.pages):
            raise NoPages
        pdf.save(copy)
    except (pikepdf.PdfError, RuntimeError) as error:
        raise UnreadablePdf from error
    return copy.getvalue()


def _was_rebuilt(pdf: pikepdf.Pdf) -> bool:
    return any("reconstruct" in str(warning) for warning in pdf.get_warnings())


def _facts(document: pypdfium2.PdfDocument, pdf: pikepdf.Pdf, source: Source, repaired: bool) -> PdfFacts:
    language = pdf.Root.get("/Lang")
    written: dict[str, Any] = read_metadata(pdf)
    return PdfFacts(
        version=_version(pdf),
        pages=len(document),
        page_sizes=_page_sizes(document),
        language=decode(bytes(language))[:40] if isinstance(language, pikepdf.String) else "",
        encrypted=pdf.is_encrypted,
        tagged=bool(pdfium.FPDFCatalog_IsTagged(document)),
        linearised=pdf.is_linearized,
        active_content=active_content(pdf, source.content),
        repaired=repaired,
        page_labels=read_runs(pdf, len(document)),
        **written,
    )


def _without_structure(document: pypdfium2.PdfDocument) -> PdfFacts:
    """What PDFium alone can tell of a file that qpdf cannot open."""
    told = document.get_metadata_dict()
    written: dict[str, Any] = merge({field: told.get(key[1:], "") for field, key in INFO_KEYS.items()})
    version = document.get_version() or 0
    active = {
        "attachments": pdfium.FPDFDoc_GetAttachmentCount(document) > 0,
        "javascript": pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0,
    }
    return PdfFacts(
        version=_known(f"{version // 10}.{version % 10}"),
        pages=len(document),
        page_sizes=_page_sizes(document),
        active_content=[kind for kind, present in active.items() if present],
        repaired=True,
        **written,
    )


def _version(pdf: pikepdf.Pdf) -> str:
    """The higher of header and catalog (ISO 32000-2, 7.5.2), "" when neither is a version of PDF."""
    written = pdf.Root.get("/Version")
    return max(_known(pdf.pdf_version), _known(str(written)[1:]) if isinstance(written, pikepdf.Name) else "")


def _known(version: str) -> str:
    return version if version in VERSIONS else ""


def _page_sizes(document: pypdfium2.PdfDocument) -> list[tuple[float, float, int]]:
    """Runs of equal sizes in points, as shown: crop box and rotation applied, the user unit not."""
    sizes = (_page_size(document, index) for index in range(min(len(document), MAX_READ_PAGES)))
    return [(*size, len(list(run))) for size, run in groupby(sizes)]


def _page_size(document: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    """Rounded to a hundredth; 0 x 0 for a page that cannot be found."""
    size = pdfium.FS_SIZEF()
    pdfium.FPDF_GetPageSizeByIndexF(document, index, size)
    return round(size.width, 2), round(size.height, 2)
