import pytest
from django.test import Client
from lxml import html

from pliego.documents.models import Withheld
from tests.people import share

BROWSER = {"accept": "text/html"}

pytestmark = pytest.mark.django_db


def test_an_unknown_address_offers_a_search_and_ways_on() -> None:
    answer = Client().get("/en/no/such/page/", headers=BROWSER)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "<h1>There is nothing at this address.</h1>" in page
    assert page.count('role="search"') == 1
    assert 'href="/en/"' in page
    assert 'href="/en/documents/"' in page


def test_an_unknown_document_looks_like_an_unknown_address() -> None:
    answer = Client().get("/d/AAAAAAAAAAAAAAAA/", headers=BROWSER)
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()


def test_a_program_gets_a_line() -> None:
    answer = Client().get("/no/such/page/", headers={"accept-language": "en"})
    assert answer.content.startswith(b"error: not-found ")


@pytest.mark.parametrize(
    ("path", "headers", "code"),
    [("/api/v1/nothing", {}, "not-found"), ("/api/v1/documents", {"transfer-encoding": "chunked"}, "length-unknown")],
)
def test_below_the_addresses_for_programs_it_is_a_problem(path: str, headers: dict[str, str], code: str) -> None:
    answer = Client().post(path, headers=headers)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code


@pytest.mark.parametrize("method", ["DELETE", "PROPFIND", "TRACE", "PUT"])
def test_a_method_that_an_address_does_not_answer_is_told_and_which_it_does(method: str) -> None:
    answer = Client().generic(method, "/api/v1/documents")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}
    assert b"error: method-not-allowed" in Client().generic(method, "/robots.txt").content
    page = Client(headers=BROWSER).generic(method, "/en/documents/")
    assert (page.status_code, page.headers["Allow"]) == (405, "GET, HEAD")
    assert "This address does not answer requests of this kind." in page.content.decode()


def test_another_error_is_a_sentence_and_the_way_home() -> None:
    answer = Client().get("/en/documents/?after=nonsense", headers=BROWSER)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "bad-request" in page
    assert 'href="/en/"' in page


def test_more_parameters_than_are_read_are_refused_with_a_page() -> None:
    query = "&".join(f"a{number}=1" for number in range(800))
    for path in ("/en/documents/", "/en/search/", "/nowhere"):
        answer = Client(headers={"accept": "text/html"}).get(f"{path}?{query}")
        assert answer.status_code in {400, 404}


def test_what_was_taken_down_says_why_beside_its_heading() -> None:
    document = share("retirada", read=False).document
    Withheld.objects.create(sha256=document.file_id, statement="Una razón <larga>\ny otra.")
    page = Client().get(document.get_absolute_url(), headers={"accept": "text/html"})
    assert page.status_code == 451
    shown = html.fromstring(page.text)
    assert shown.xpath("//h1/text()") == ["Este documento se ha retirado"]
    assert shown.xpath("//blockquote/text()") == ["Una razón <larga>", "y otra."]
