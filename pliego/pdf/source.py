"""The bytes of one PDF, and the two engines that open them."""

import ctypes
import mmap
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Self

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from pliego.errors import EmptyFile, NeedsPassword, NoPages, NotAPdf, UnreadablePdf, WrongPassword

HEADER_WINDOW = 1024
"""The header may be preceded by this much of something else (ISO 32000-1, annex H, note 13)."""


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
