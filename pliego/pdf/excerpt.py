"""Some pages of a document as a PDF of their own."""

import os

import pikepdf

from pliego.errors import NotFound, UnreadablePdf
from pliego.pdf.source import Source


def write_excerpt(source: Source, first: int, last: int, out_fd: int) -> None:
    """Write pages ``first`` to ``last`` to an open descriptor, which stays the caller's; the pages are as they were.

    Bookmarks, form fields and scripts of the document do not come along. Raise NotFound when it has no such pages;
    NeedsPassword, WrongPassword, NoPages or UnreadablePdf. What was written before an error is no PDF.
    """
    with source.qpdf() as pdf, pikepdf.new() as excerpt, os.fdopen(os.dup(out_fd), "wb") as file:
        try:
            if not 1 <= first <= last <= len(pdf.pages):
                raise NotFound
            excerpt.pages.extend(pdf.pages[first - 1 : last])
            excerpt.save(file, static_id=True, compress_streams=False)
        except (pikepdf.PdfError, RuntimeError) as error:
            raise UnreadablePdf from error
