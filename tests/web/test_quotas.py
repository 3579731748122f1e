"""Quotas at the doors: refused before the transfer, in a sentence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from pytest_django import Settings

from pliego.documents.models import DailyUse, Document
from pliego.toolbox.models import Job
from pliego.toolbox.workspace import root
from tests.people import account, leaflet

pytestmark = pytest.mark.django_db

HTML = {"accept": "text/html"}
SAME = {"sec-fetch-site": "same-origin"}
PDF = leaflet("cupo")


@pytest.fixture(autouse=True)
def limits(settings: Settings) -> None:
    settings.QUOTA_NETWORK_DOCUMENTS = 1
    settings.QUOTA_ACCOUNT_MB = 1


def file() -> SimpleUploadedFile:
    return SimpleUploadedFile("x.pdf", PDF)


def person() -> Client:
    client = Client()
    client.force_login(account())
    return client


def announce(client: Client, size: int) -> tuple[int, str]:
    """A form of which nothing but its announced length has come."""
    answer = client.generic("POST", "/", b"x", MULTIPART_CONTENT, CONTENT_LENGTH=str(size))
    return answer.status_code, answer.content.decode()


def create(client: Client, size: int) -> tuple[int, str]:
    answer = client.post("/subidas/", headers={"tus-resumable": "1.0.0", "upload-length": str(size)})
    return answer.status_code, answer.content.decode()


def test_curl_and_a_browser_are_told_when_the_network_has_shared_enough() -> None:
    assert Client().post("/", {"file": file()}).status_code == 201
    answer = Client().post("/", {"file": file()})
    assert (answer.status_code, answer.content.split()[:2]) == (429, [b"error:", b"network-full"])
    page = Client(headers=HTML).post("/", {"file": file()})
    assert page.status_code == 429
    assert "Desde tu red" in page.content.decode()
    assert Document.objects.count() == 1


@pytest.mark.parametrize("path", ["/herramientas/rotate/", "/api/v1/tools/rotate"])
def test_the_tools_are_given_so_much_in_a_day_and_no_more(settings: Settings, path: str) -> None:
    settings.QUOTA_NETWORK_MB = 1
    big, before = PDF + bytes(700 << 10), set(root().glob("*"))
    for client, place in ((Client(), "network"), (person(), "account")):
        first = client.post(path, {"file": SimpleUploadedFile("x.pdf", big), "turn": "90"}, headers=SAME)
        assert first.status_code == 202, first.content
        answer = client.post(path, {"file": SimpleUploadedFile("x.pdf", big), "turn": "90"}, headers=SAME)
        assert answer.status_code == 429, place
        assert b"tools-full" in answer.content
        early = client.generic("POST", path, b"x", MULTIPART_CONTENT, CONTENT_LENGTH=str(900 << 10), headers=SAME)
        assert (early.status_code, b"tools-full" in early.content) == (429, True), place
    assert len(set(root().glob("*")) - before) == Job.objects.count() == 2


def test_of_two_files_in_a_form_one_is_shared() -> None:
    answer = Client().post("/", {"file": [file(), file()]})
    assert answer.content.count(b"page: ") == 1
    assert b"error: network-full" in answer.content


@pytest.mark.parametrize("way", [announce, create])
def test_an_account_is_told_before_the_transfer(way: object) -> None:
    status, words = way(person(), 2 << 20)  # type: ignore[operator]
    assert status == 413
    assert words.startswith("error: account-full")


def test_the_network_is_told_before_the_transfer() -> None:
    assert create(Client(), len(PDF))[0] == 201
    assert create(Client(), len(PDF))[0] == announce(Client(), 9999)[0] == 429


def test_another_network_may_share(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    for host in (1, 2):
        answer = Client(headers={"x-forwarded-for": f"192.0.2.{host}"}).post("/", {"file": file()})
        assert answer.status_code == 201
    assert "192.0.2" not in str(DailyUse.objects.values())


def test_an_account_sees_how_much_is_taken() -> None:
    client = person()
    client.post("/", {"file": file()})
    page = client.get("/cuenta/").content.decode()
    assert f'value="{len(PDF)}" max="1048576"' in page
    assert f'value="{len(PDF)}" max="1048576"' in client.get("/archivos/").content.decode()


def test_without_quotas_there_is_no_bar(settings: Settings) -> None:
    settings.QUOTA_ACCOUNT_MB = 0
    assert "quota-size" not in person().get("/cuenta/").content.decode()
