"""The page where an account makes and revokes the keys of its programs."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from pliego.accounts import api_keys
from pliego.accounts.models import ApiKey, Person
from pliego.accounts.viewer import Viewer
from tests.people import PASSWORD, account, with_password

pytestmark = pytest.mark.django_db
KEYS, NEW = "/cuenta/programas/", "/cuenta/programas/clave-nueva/"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def person() -> Person:
    return with_password()


@pytest.fixture
def client(person: Person) -> Client:
    client = Client(headers={"accept": "text/html"})
    client.post("/cuenta/entrar/", {"login": person.email, "password": PASSWORD})
    client.post("/cuenta/confirmar/", {"password": PASSWORD})
    return client


def test_a_key_is_shown_once_and_told_by_letter(client: Client, person: Person) -> None:
    page = client.post(NEW, {"name": "<b>copia</b>", "scope": "write"})
    (secret,) = re.findall(r'value="(pliego_[^"]+)"', page.content.decode())
    assert "no-store" in page.headers["Cache-Control"]
    key = api_keys.named_by(secret, writes=True)
    assert key
    assert key.person == person
    again = client.get(KEYS).content.decode()
    assert "Authorization: Bearer pliego_…&#x27; http://testserver/api/v1/account/documents" in again
    assert secret not in again
    assert "&lt;b&gt;copia&lt;/b&gt;" in again
    (letter,) = mail.outbox
    assert letter.to == [person.email]
    assert "clave para programas" in letter.subject
    assert secret not in str(letter.message())
    assert "http://testserver/cuenta/seguridad/" in str(letter.body)


BAD = [{}, {"name": "", "scope": "read"}, {"name": "x", "scope": "all"}, {"name": "x" * 101, "scope": "read"}]


@pytest.mark.parametrize("said", BAD, ids=range(len(BAD)))
def test_what_is_not_said_makes_no_key(client: Client, said: dict[str, str]) -> None:
    assert client.post(NEW, said).status_code == 200
    assert not ApiKey.objects.exists()


def test_making_one_asks_for_the_password_again_and_all_of_it_for_an_account(person: Person) -> None:
    client = Client()
    for path in (KEYS, NEW):
        assert client.get(path).headers["Location"].startswith("/cuenta/entrar/")
    client.force_login(person)
    answer = client.post(NEW, {"name": "x", "scope": "read"})
    assert answer.headers["Location"].startswith("/cuenta/confirmar/")
    assert not ApiKey.objects.exists()


def test_its_own_keys_are_revoked_and_no_other(client: Client, person: Person) -> None:
    own, _ = api_keys.make(Viewer(person=person.pk), "x", may_write=False)
    other, _ = api_keys.make(Viewer(person=account("otra").pk), "ajena", may_write=False)
    assert "ajena" not in client.get(KEYS).content.decode()
    assert client.post(f"{KEYS}{other.pk}/anular/").status_code == 404
    assert client.get(f"{KEYS}{own.pk}/anular/").status_code == 405
    assert Client().post(f"{KEYS}{own.pk}/anular/").headers["Location"].startswith("/cuenta/entrar/")
    assert ApiKey.objects.count() == 2
    assert "no abre nada" in client.post(f"{KEYS}{own.pk}/anular/", follow=True).text
    assert list(ApiKey.objects.all()) == [other]


def test_a_form_of_another_site_makes_none(person: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(NEW, {"name": "x", "scope": "write"}).status_code == 403
    assert client.post(f"{KEYS}1/anular/").status_code == 403
