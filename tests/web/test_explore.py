"""Ways in without a query."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pliego.web.views import explore
from tests.archive import BEES, HIVES, put

pytestmark = pytest.mark.usefixtures("archive")


def ask(path: str) -> str:
    response = Client().get(path, headers={"accept": "text/html"})
    assert response.status_code == 200
    return response.content.decode()


def test_subjects_authors_languages_and_years_are_counted() -> None:
    put("bees", BEES)
    put("hives", HIVES, author="Ruiz, Clara")
    page = ask(reverse("site:explore"))
    assert '>Clara Ruiz</a>&nbsp;<span class="count">2</span>' in page
    assert '>Español</a>&nbsp;<span class="count">2</span>' in page
    assert '>colmena</a>&nbsp;<span class="count">' in page


def test_an_author_has_a_page() -> None:
    document = put("bees", author="Ana Gil / Eva Sanz? 100 %").document
    link = ask(document.get_absolute_url()).partition('<p class="author" dir="auto"><a href="')[2].partition('"')[0]
    assert document.title in ask(link)


def test_a_keyword_that_would_lead_elsewhere_is_none() -> None:
    document = put("bees", BEES).document
    document.given_keywords = "../x, .NET, a/../b, .., AC/DC, etc."
    assert document.own_keywords == [".NET", "AC/DC", "etc."]


@pytest.mark.parametrize("written", ["abeja reina", "ABEJA REINA", "Abeja  reina"])
def test_a_subject_has_a_page_however_it_is_written(written: str) -> None:
    document = put("bees", BEES).document
    assert document.title in ask(reverse("site:subject", args=[written]))


@pytest.mark.parametrize("name", ["nobody", "a/b", "%00", "日本", "x" * 3000])
def test_what_nobody_is_called_is_not_found(name: str) -> None:
    assert Client().get(reverse("site:author", args=[name])).status_code == 404


def test_more_documents_cost_no_more_queries() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            ask(reverse("site:explore"))
            ask(reverse("site:author", args=["Clara Ruiz"]))
        return len(asked)

    put("bees", BEES)
    before = queries()
    put("hives", HIVES)
    assert queries() == before


def test_where_many_authors_are_shared_those_of_one_document_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    put("bees", author="Ana Gil")
    put("hives", author="Ana Gil")
    put("alone", author="Eva Sanz")
    monkeypatch.setattr(explore, "ENOUGH", 2)
    assert "Eva Sanz" in ask(reverse("site:explore"))
    monkeypatch.setattr(explore, "ENOUGH", 1)
    told = ask(reverse("site:explore"))
    assert ("Ana Gil" in told, "Eva Sanz" in told) == (True, False)
