"""Passages over HTTP: making a link to one, and following it."""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from PIL import Image

from pliego.web.passages import passage
from tests import samples
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def test_a_selection_becomes_a_link_and_a_citation(client: Client) -> None:
    document = share("orilla").document
    answer = client.get(f"/d/{document.pk}/quote?p=1&text=La palabra orilla", headers={"accept-language": "en"}).json()
    quote = parse_qs(urlsplit(answer["address"]).query)["quote"][0]
    found = passage(document, 1, quote)
    assert found is not None
    assert found.text == "La palabra orilla"
    assert answer["citation"].startswith("“La palabra orilla” — ")


@pytest.mark.parametrize(
    ("query", "status"), [("p=1&text=ausente", 404), ("p=1", 404), ("p=9&text=La", 404), (f"text={'x' * 2001}", 400)]
)
def test_what_is_not_there_cannot_be_quoted(client: Client, query: str, status: int) -> None:
    assert client.get(f"/d/{share('nadie').document.pk}/quote?{query}").status_code == status


def test_an_address_without_a_quote_has_no_passage() -> None:
    assert passage(share("llana").document, 1, "") is None


def test_a_passage_that_is_gone_is_told() -> None:
    found = passage(share("hueco").document, 1, "palabras ausentes")
    assert found is not None
    assert (found.gone, found.moved, found.marks) == (True, False, [])


@pytest.mark.parametrize("query", ["", "?p=2", "?p=1&quote=La"])
def test_cards(client: Client, query: str) -> None:
    answer = client.get(f"/d/{share('naipe', pdf=samples.book(2)).document.pk}/card.jpg{query}")
    assert answer["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


def test_a_locked_document_has_no_card(client: Client) -> None:
    document = share("sellado", pdf=samples.encrypted("secreto")).document
    assert client.get(f"/d/{document.pk}/card.jpg").status_code == 404
    assert b"og:image" not in client.get(document.get_absolute_url()).content


@pytest.mark.parametrize(("privacy", "told"), [("public", True), ("unlisted", True), ("private", False)])
def test_links_tell_of_what_is_not_private(privacy: str, told: bool) -> None:
    shared = share("vistoso", privacy)
    client = Client()
    client.get(f"/m/{shared.token}/")
    page = client.get(shared.document.get_absolute_url()).content.decode()
    assert ("og:image" in page, "og:title" in page) == (told, told)
