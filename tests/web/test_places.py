"""What people call pages: the numbers printed on them, wherever pages are named."""

import json

import pytest
from django.test import Client
from django.utils.html import escape

from pliego.documents.models import File
from pliego.web import reader
from pliego.web.reader import Words
from tests import samples
from tests.people import Shared, share
from tests.samples.labelled import labelled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


@pytest.fixture
def book() -> Shared:
    """Twenty pages: a title page T-1, i to v, 1 to 14."""
    return share("numerada", pdf=labelled(samples.book(20), (0, "D", "T-", 1), (1, "r", "", 1), (6, "D", "", 1)))


def shown(book: Shared, path: str) -> str:
    return Client().get(f"{book.document.get_absolute_url()}{path}").content.decode()


@pytest.mark.parametrize(
    ("typed", "number"), [("iv", 5), ("IV", 5), ("5", 11), ("%235", 5), ("T-1", 1), ("20", 20), ("+v+", 6)]
)
def test_going_to_a_page_by_its_printed_number(book: Shared, typed: str, number: int) -> None:
    for path in (f"/d/{book.document.pk}/go", f"{book.document.get_absolute_url()}text"):
        answer = Client().get(f"{path}?n={typed}")
        assert answer.status_code == 302
        assert f"{number}" in answer.headers["Location"].replace("=", "/").replace("#", "/").split("/")
    cited = Client().get(f"{book.document.get_absolute_url()}cite?n={typed}")
    assert cited.headers["Location"].endswith(f"cite?p={number}")


@pytest.mark.parametrize(
    ("typed", "status"), [("21", 404), ("%23", 400), ("x", 400), ("", 400), ("9" * 99, 400), ("%00", 400)]
)
def test_going_to_no_page(book: Shared, typed: str, status: int) -> None:
    for path in (f"/d/{book.document.pk}/go", f"{book.document.get_absolute_url()}text"):
        assert Client().get(f"{path}?n={typed}").status_code == status


def test_a_page_says_its_number_and_its_place(book: Shared) -> None:
    page = shown(book, "p/5")
    assert 'name="n" value="iv"' in page
    assert "5 de 20" in page
    assert f"Página iv de {escape(book.document.title)}" in page
    assert 'alt="Página iv"' in page
    assert escape(json.dumps([[1, "D", "T-", 1], [2, "r", "", 1], [7, "D", "", 1]], separators=(",", ":"))) in page


def test_the_page_of_the_document_says_them(book: Shared) -> None:
    page = shown(book, "")
    assert "Página T-1 · 1 de 20" in page
    assert 'name="n" value="T-1"' in page


def test_parts_of_the_reader_name_pages_so(book: Shared) -> None:
    assert [entry.label for entry in reader.outline(book.document)] == ["T-1", "7"]
    assert {hit.label for hit in reader.found(book.document, Words("lluvia")).hits} >= {"T-1", "i", "1"}
    assert [small.label for small in reader.strip(book.document, 1, 7)] == ["T-1", "i", "ii", "iii", "iv", "v", "1"]
    assert ">iv</a>" in shown(book, "text?from=5")


def test_citations_name_pages_so(book: Shared) -> None:
    assert "p. iv" in shown(book, "cite?p=5")
    for ending, word in (("bib", "{iv}"), ("ris", "SP  - iv"), ("json", '"page": "iv"')):
        assert word in shown(book, f"cite.{ending}?p=5")


def test_frames_name_pages_so(book: Shared) -> None:
    assert "Página iv · 5 de 20" in Client().get(f"/embed/{book.document.pk}/?p=5").content.decode()


def test_documents_read_before_go_by_places(book: Shared) -> None:
    facts = dict(book.document.file.facts_json)
    del facts["page_labels"]
    File.objects.update(facts_json=facts)
    assert 'name="n" value="5"' in shown(book, "p/5")
    assert "Página 1 de 20" in shown(book, "")
    assert Client().get(f"/d/{book.document.pk}/go?n=5").headers["Location"].endswith("/p/5")
    assert Client().get(f"/d/{book.document.pk}/go?n=iv").status_code == 400


def test_a_locked_document_tells_none() -> None:
    locked = share("cerrada", pdf=labelled(samples.book(3), (0, "r", "", 1)))
    File.objects.update(needs_password=True)
    assert Client().get(f"/d/{locked.document.pk}/go?n=i").status_code == 404
    assert "Página i" not in shown(locked, "")
