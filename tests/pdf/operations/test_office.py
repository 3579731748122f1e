"""The PDF that LibreOffice made, given on."""

import pytest

from pliego.errors import NotAPdf
from tests import samples
from tests.pdf.operations.tried import assert_sound, pictures, same_pages, tried


def test_it_is_packed_and_looks_the_same() -> None:
    book = samples.book(2)
    result = tried("office", book)
    assert_sound(result.data)
    assert same_pages(pictures(result.data), pictures(book))
    assert (result.report.pages, result.report.unchanged) == (2, False)
    assert len(result.data) < len(book)


def test_what_is_no_pdf_is_not() -> None:
    with pytest.raises(NotAPdf):
        tried("office", b"PK")
