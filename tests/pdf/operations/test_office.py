"""The PDF that LibreOffice made, given on."""

import pytest

from pliego.errors import NotAPdf
from tests import samples
from tests.pdf.operations.tried import tried


def test_it_is_given_on_as_it_is() -> None:
    book = samples.book(2)
    result = tried("office", book)
    assert (result.data, result.report.pages, result.report.unchanged) == (book, 2, False)


def test_what_is_no_pdf_is_not() -> None:
    with pytest.raises(NotAPdf):
        tried("office", b"PK")
