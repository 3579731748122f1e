import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from pliego.documents.intake import Arrival, receive
from pliego.errors import NotAPdf, TooLarge
from pliego.web.receipts import Receipt, as_text, kept_address, manage_address, remember
from pliego.web.viewers import COOKIE
from tests.people import leaflet

pytestmark = pytest.mark.django_db

request = RequestFactory().get("/", headers={"host": "localhost"})


def receipt(name: str = "x") -> Receipt:
    return Receipt(f"{name}.pdf", receive([leaflet(name)], Arrival(f"{name}.pdf")))


def test_a_block_of_lines_for_each_file() -> None:
    one = receipt()
    assert one.received
    text = as_text(request, [one, Receipt("y", error=NotAPdf())]).content.decode()
    page, file, manage, _, error = text.splitlines()
    assert page == f"page: http://localhost{one.received.document.get_absolute_url()}"
    assert file == f"file: http://localhost{one.received.document.file_url}"
    assert manage == f"manage: http://localhost/m/{one.received.token}/"
    assert error.startswith("error: not-a-pdf ")


def test_the_status_is_that_of_the_first_error() -> None:
    assert as_text(request, [receipt()]).status_code == 201
    errors = [Receipt("y", error=TooLarge(limit=1)), Receipt("z", error=NotAPdf())]
    assert as_text(request, [receipt(), *errors]).status_code == 413


def test_the_second_sharer_of_public_bytes_is_told_of_the_first() -> None:
    first, second = receipt("igual"), receipt("igual")
    assert first.received
    said = as_text(request, [second]).content.decode()
    assert f"same-file: http://localhost{first.received.document.get_absolute_url()}" in said


def test_the_browser_keeps_the_secret_for_its_document_alone() -> None:
    response, kept = HttpResponse(), receipt()
    remember(request, response, kept)
    assert kept.received
    assert response.cookies[COOKIE].value == kept.received.token
    assert response.cookies[COOKIE]["path"] == f"/d/{kept.received.document.pk}/"
    remember(request, response := HttpResponse(), Receipt("y", error=NotAPdf()))
    assert not response.cookies


def test_the_link_that_a_browser_keeps() -> None:
    asked = RequestFactory().get("/", headers={"host": "localhost"})
    assert kept_address(asked) == ""
    asked.COOKIES[COOKIE] = "s3cret"
    assert kept_address(asked) == manage_address(asked, "s3cret") == "http://localhost/m/s3cret/"
