"""Opening the bytes of a PDF, or saying why not."""

import ctypes
from contextlib import closing
from pathlib import Path

import pytest

from pliego.errors import EmptyFile, NeedsPassword, NoPages, NotAPdf, PliegoError, UnreadablePdf, WrongPassword
from tests import samples
from tests.pdf.opened import opened


@pytest.mark.parametrize("kind", ["three bytes", "image", "html"])
def test_other_files_are_no_pdf(kind: str) -> None:
    with pytest.raises(NotAPdf), opened(samples.NOT_PDFS[kind]):
        pass


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(EmptyFile), opened(b""):
        pass


def test_something_before_the_header_is_allowed() -> None:
    with opened(samples.polyglot()) as source, closing(source.pdfium()) as document:
        assert len(document) == 1


@pytest.mark.parametrize(
    ("data", "password", "error"),
    [
        (samples.encrypted("secret"), "", NeedsPassword),
        (samples.encrypted("secret"), "guess", WrongPassword),
        (samples.no_pages(), "", NoPages),
        (samples.headless(), "", UnreadablePdf),
    ],
)
def test_pdfium_failures_are_told_apart(data: bytes, password: str, error: type[PliegoError]) -> None:
    with opened(data, password) as source, pytest.raises(error) as caught:
        source.pdfium()
    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("data", "password", "error"),
    [
        (samples.encrypted("secret"), "", NeedsPassword),
        (samples.encrypted("secret"), "guess", WrongPassword),
        (samples.headless(), "", UnreadablePdf),
    ],
)
def test_qpdf_failures_are_told_apart(data: bytes, password: str, error: type[PliegoError]) -> None:
    with opened(data, password) as source, pytest.raises(error) as caught, source.qpdf():
        pass
    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("data", "password"),
    [(samples.encrypted(), ""), (samples.encrypted("clé"), "clé"), (samples.leaflet(), "needless")],
)
def test_the_right_password_opens(data: bytes, password: str) -> None:
    with opened(data, password) as source, source.qpdf() as pdf, closing(source.pdfium()) as document:
        assert len(document) == len(pdf.pages) == 1


def test_no_byte_of_the_file_is_copied() -> None:
    padding = 64 << 20
    with opened(samples.leaflet() + bytes(padding)) as source:
        before = _anonymous_bytes()
        with closing(source.pdfium()) as document:
            assert len(document) == 1
            assert _anonymous_bytes() - before < padding / 8


def _anonymous_bytes() -> int:
    """Memory of this process that is no part of a file."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("RssAnon")).split()[1])


def test_pdfium_reads_the_mapping_itself() -> None:
    with opened(samples.leaflet()) as source:
        address = ctypes.addressof(source._bytes)
        assert ctypes.string_at(address, 5) == b"%PDF-" == source.content[:5]
