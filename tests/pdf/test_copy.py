"""Reading copies."""

import io
import os

import pikepdf
import pytest

from pliego.errors import NeedsPassword, NoPages, PliegoError, UnreadablePdf
from pliego.pdf.copy import write_reading_copy
from pliego.pdf.text import read_pages
from tests import samples
from tests.pdf.opened import opened


def copy_of(data: bytes, password: str = "") -> bytes:
    target = os.memfd_create("copy")
    try:
        with opened(data, password) as source:
            write_reading_copy(source, target)
        return os.pread(target, os.fstat(target).st_size, 0)
    finally:
        os.close(target)


def test_the_copy_is_not_encrypted_and_reads_the_same() -> None:
    copy = copy_of(samples.encrypted("secret"), "secret")
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert not pdf.is_encrypted
    with opened(copy) as source, opened(samples.leaflet()) as original:
        assert next(read_pages(source, 1, 1)) == next(read_pages(original, 1, 1))


def test_a_damaged_file_is_repaired() -> None:
    copy = copy_of(samples.truncated())
    with opened(copy) as source:
        assert "Capítulo 1" in next(read_pages(source, 1, 1)).text


def test_nothing_is_packed_anew() -> None:
    data = samples.book(24)
    assert abs(len(copy_of(data)) - len(data)) < 0.1 * len(data)


@pytest.mark.parametrize(
    ("data", "error"),
    [(samples.encrypted("x"), NeedsPassword), (samples.no_pages(), NoPages), (samples.headless(), UnreadablePdf)],
)
def test_what_cannot_be_copied(data: bytes, error: type[PliegoError]) -> None:
    with pytest.raises(error):
        copy_of(data)
