"""Reading text of stretches of a document."""

import pytest

from pliego.documents.flowing import flow
from pliego.documents.models import File
from pliego.pdf.flow import Kind
from tests import samples
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


@pytest.fixture
def book() -> File:
    return share("lectura", pdf=samples.book(40)).document.file


def test_stretches_hold_what_the_whole_holds(book: File) -> None:
    whole = list(flow(book, 1, 40))
    assert [block for first in range(1, 41, 7) for block in flow(book, first, min(first + 6, 40))] == whole
    assert len({block.id for block in whole}) == len(whole)


def test_headings_come_from_the_outline(book: File) -> None:
    assert [block.text for block in flow(book, 13, 13) if block.kind is Kind.HEADING] == ["Capítulo 2"]


def test_a_paragraph_comes_with_the_page_it_begins_on() -> None:
    file = share("notas", pdf=samples.footnoted()).document.file
    assert list(flow(file, 1, 1)) == list(flow(file, 1, 2))
    assert list(flow(file, 2, 2)) == []


def test_pages_that_are_not_there(book: File) -> None:
    assert list(flow(book, 41, 90)) == []
