"""A reading copy: the same document without its encryption or its damage."""

import os

import pikepdf

from pliego.errors import NoPages, UnreadablePdf
from pliego.pdf.source import Source

PRINTED = 4
"""The flag of an annotation that is on paper, too (ISO 32000-2, 12.5.3)."""


def write_reading_copy(source: Source, out_fd: int, *, links_printed: bool = False) -> None:
    """Write the document, decrypted and repaired by qpdf, to an open descriptor, which stays the caller's.

    Nothing is compressed anew. ``links_printed``: links say that they are printed, as PDF/A asks of all annotations.
    Raise NeedsPassword, WrongPassword, NoPages or UnreadablePdf; OSError when the descriptor cannot take it. What was
    written before an error is no PDF.
    """
    with source.qpdf() as pdf, os.fdopen(os.dup(out_fd), "wb") as file:
        try:
            if not len(pdf.pages):
                raise NoPages
            if links_printed:
                _print_links(pdf)
            pdf.save(
                file,
                encryption=False,
                static_id=True,
                fix_metadata_version=False,
                compress_streams=False,
                recompress_flate=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            )
        except (pikepdf.PdfError, RuntimeError) as error:
            raise UnreadablePdf from error


def _print_links(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        told = page.obj.get("/Annots")
        for each in told if isinstance(told, pikepdf.Array) else ():
            if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Link":
                each.F = PRINTED
