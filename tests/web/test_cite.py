"""Citations over HTTP."""

import json

import pytest
from django.test import Client

from tests import samples
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def test_the_page_shows_every_style(client: Client) -> None:
    document = share("fuente").document
    page = client.get(f"{document.get_absolute_url()}cite?p=1", headers={"accept-language": "en"}).content.decode()
    assert all(name in page for name in ("APA", "Chicago", "MLA", "ISO 690", "BibTeX", "RIS", "CSL-JSON"))
    assert "<i>Título fuente</i>" in page
    assert "/p/1" in page


@pytest.mark.parametrize(("ending", "begins"), [("bib", b"@misc{"), ("ris", b"TY  - GEN\r\n"), ("json", b"[")])
def test_records_are_downloads(client: Client, ending: str, begins: bytes) -> None:
    answer = client.get(f"{share('ficha').document.get_absolute_url()}cite.{ending}")
    assert answer.content.startswith(begins)
    assert f".{ending}" in answer["Content-Disposition"]


def test_a_record_names_the_page(client: Client) -> None:
    (item,) = json.loads(client.get(f"{share('hoja').document.get_absolute_url()}cite.json?p=1").content)
    assert item["page"] == "1"
    assert item["URL"].startswith("http://testserver/d/")


@pytest.mark.parametrize(("query", "status"), [("p=99", 404), ("p=x", 400), ("p=0", 400), ("p=", 200)])
def test_a_page_has_to_be_there(client: Client, query: str, status: int) -> None:
    assert client.get(f"{share('cita').document.get_absolute_url()}cite?{query}").status_code == status


def test_a_wrong_slug_leads_on(client: Client) -> None:
    document = share("desvio").document
    answer = client.get(f"/d/{document.pk}/otra/cite.bib?p=1")
    assert answer["Location"] == f"{document.get_absolute_url()}cite.bib?p=1"


def test_no_page_of_a_locked_document_is_cited(client: Client) -> None:
    document = share("cerrado", pdf=samples.encrypted("secreto")).document
    assert client.get(f"{document.get_absolute_url()}cite?p=1").status_code == 404
    assert client.get(f"{document.get_absolute_url()}cite").status_code == 200
