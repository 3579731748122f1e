"""On the page of a document: what it is about, what is near, and at the next request no longer what was hidden."""

import pytest
from django.test import Client

from pliego.documents.models import Document, Privacy
from tests.archive import BEES, HIVES, put

pytestmark = pytest.mark.usefixtures("archive")


def page_of(document: Document) -> str:
    return Client().get(document.get_absolute_url(), headers={"accept": "text/html"}).content.decode()


def test_keywords_lead_to_a_search() -> None:
    page = page_of(put("bees", BEES).document)
    assert '?q=%22abeja+reina%22" dir="auto">abeja reina</a>' in page


def test_related_documents_are_named_with_their_reasons() -> None:
    bees, hives = put("bees", BEES).document, put("hives", HIVES).document
    assert f'<a href="{hives.get_absolute_url()}">{hives.title}</a>' in page_of(bees)
    assert "colmena, " in page_of(bees)


def test_a_page_kept_in_memory_forgets_what_was_hidden() -> None:
    bees, hives = put("bees", BEES).document, put("hives", HIVES).document
    assert hives.title in page_of(bees)
    Document.objects.filter(pk=hives.pk).update(privacy=Privacy.UNLISTED)
    assert hives.title not in page_of(bees)


def test_a_browser_hears_of_a_new_neighbour() -> None:
    bees, hives = put("bees", BEES).document, put("hives", HIVES).document
    first = Client().get(bees.get_absolute_url())
    again = {"if-none-match": first.headers["ETag"]}
    assert Client().get(bees.get_absolute_url(), headers=again).status_code == 304
    Document.objects.filter(pk=hives.pk).delete()
    assert Client().get(bees.get_absolute_url(), headers=again).status_code == 200
