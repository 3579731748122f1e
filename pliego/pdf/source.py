"""The bytes of one PDF, and the two engines that open them."""

import ctypes
import mmap
import os
import resource
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO, Self

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from pliego.errors import EmptyFile, NeedsPassword, NoPages, NotAPdf, UnreadablePdf, WrongPassword

HEADER_WINDOW = 1024
"""The header may be preceded by this much of something else (ISO 32000-1, annex H, note 13)."""

MOST_KEPT = 24 << 20
"""Bytes by which reading a document may grow before it is opened anew."""
LEAST_AT_ONCE = 32
"""Pages that are read before that: to open a document takes as long as to read some of its pages."""


class Source:
    """A PDF behind a file descriptor, mapped into memory and never copied.

    The descriptor stays the caller's. Raise EmptyFile or NotAPdf at once, everything else on opening. The file must not
    shrink while it is mapped. An empty password is tried as the user password, as every reader does.
    """

    def __init__(self, fd: int, password: str = "") -> None:
        self.fd = fd
        self.password = password
        size = os.fstat(fd).st_size
        if not size:
            raise EmptyFile
        # ctypes wants a writable buffer; a private mapping is writable and shares its pages until somebody writes.
        self.content = mmap.mmap(fd, size, access=mmap.ACCESS_COPY)
        """The bytes of the file, not to be written to."""
        if self.content.find(b"%PDF-", 0, HEADER_WINDOW) < 0:
            self.content.close()
            raise NotAPdf
        self._bytes = (ctypes.c_ubyte * size).from_buffer(self.content)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the mapping, which ends with the last document opened from it."""
        del self._bytes, self.content

    def pdfium(self) -> pypdfium2.PdfDocument:
        """Open with PDFium. Raise NeedsPassword, WrongPassword, NoPages or UnreadablePdf."""
        return open_pdfium(self._bytes, self.password)

    def page_by_page(self, first: int, last: int) -> Iterator[tuple[pypdfium2.PdfDocument, int]]:
        """The numbers from ``first`` to ``last`` of pages that there are, each with the document as PDFium has it open.

        PDFium keeps what it loads, such as fonts, until the document is closed. Where that comes to much, the document
        is opened anew each time so many pages have been read. Raise as `pdfium`.
        """
        at_once, more = sys.maxsize, True
        while more:
            more = False
            with closing(self.pdfium()) as document:
                before = _highest_memory()
                for number in range(first, min(last, len(document)) + 1):
                    yield document, number
                    done = number - first + 1
                    if at_once == sys.maxsize and _highest_memory() - before > MOST_KEPT:
                        at_once = max(done, LEAST_AT_ONCE)
                    if done >= at_once:
                        first, more = number + 1, True
                        break

    @contextmanager
    def qpdf(self, *, complete_pages: bool = False) -> Iterator[pikepdf.Pdf]:
        """Open with qpdf. Raise NeedsPassword, WrongPassword or UnreadablePdf; no pages is not an error here.

        ``complete_pages``: give each page what it inherits from the page tree, so that it can be moved.
        """
        with os.fdopen(os.dup(self.fd), "rb") as file, self._opened_by_qpdf(file, complete_pages) as pdf:
            yield pdf

    def _opened_by_qpdf(self, file: BinaryIO, complete_pages: bool) -> pikepdf.Pdf:
        try:
            with warnings.catch_warnings(action="ignore", category=UserWarning):  # of a password that was not needed
                return pikepdf.open(
                    file,
                    password=self.password,
                    access_mode=pikepdf.AccessMode.mmap_only,  # or it would read through Python, four times slower
                    inherit_page_attributes=complete_pages,  # which visits every page
                )
        except pikepdf.PasswordError as error:
            raise (WrongPassword if self.password else NeedsPassword) from error
        except (pikepdf.PdfError, ValueError, RuntimeError, OverflowError) as error:
            raise UnreadablePdf from error


def _highest_memory() -> int:
    """Bytes that this process held at its highest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def open_pdfium(data: "ctypes.Array[ctypes.c_ubyte] | bytes", password: str = "") -> pypdfium2.PdfDocument:
    """Open these bytes without a copy. Raise NeedsPassword, WrongPassword, NoPages or UnreadablePdf."""
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), password.encode() + b"\0")
    if not handle:
        # PDFium's own texts are no help: a file without a catalog fails with the reason "Success".
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise WrongPassword if password else NeedsPassword
        raise UnreadablePdf
    document = pypdfium2.PdfDocument(handle)
    document.content = data  # PDFium reads it in place: it has to live as long as the document
    if len(document) < 1:
        document.close()
        raise NoPages
    return document
