"""Search for programs."""

import pytest
from django.test import Client

from pliego.documents import indexing
from pliego.documents.models import Privacy
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]
SEARCH = "/api/v1/search"


def test_documents_are_found_by_page() -> None:
    document = share("molino").document
    share("molinillo", Privacy.PRIVATE)
    indexing.index_changes()
    told = Client().get(f"{SEARCH}?q=molino").json()
    assert (told["total"], told["complete"], told["next"]) == (1, True, None)
    (result,) = told["results"]
    assert result["document"]["id"] == document.pk
    assert "molino" in result["pages"][0]["snippet"]
    assert Client().get(result["pages"][0]["address"]).status_code == 200
    assert Client().get(f"{SEARCH}?q=molinillo").json()["results"] == []


def test_the_results_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.documents.searching.PAGE_SIZE", 1)
    made = {share(f"barco{number}").document.pk for number in range(3)}
    indexing.index_changes()
    found, address = set(), f"{SEARCH}?q=palabra&sort=newest"
    while address:
        part = Client().get(address).json()
        found |= {each["document"]["id"] for each in part["results"]}
        address = part["next"]
    assert found == made


@pytest.mark.parametrize("query", ["", "?q=a&length=x", "?q=a&sort=x", "?q=a&page=0", "?q=a&year=x", "?q=a&lang=spa"])
def test_what_is_not_understood_is_said(query: str) -> None:
    answer = Client().get(f"{SEARCH}{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")
