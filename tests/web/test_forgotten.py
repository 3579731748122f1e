import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from pliego.accounts.models import Person
from tests.people import PASSWORD, with_password

pytestmark = pytest.mark.django_db
SIGN_UP, FORGOTTEN = "/cuenta/registro/", "/cuenta/contrasena/olvidada/"
TOLD = "eva@example.org"


@pytest.fixture(autouse=True)
def _told_for_another_account() -> None:
    """Somebody has told an address for their account that is not theirs, and so never confirmed it."""
    cache.clear()
    client, whose = Client(), with_password()
    client.post("/cuenta/entrar/", {"login": whose.email, "password": PASSWORD})
    client.post("/cuenta/correo/", {"email": TOLD, "action_add": ""})
    if not mail.outbox:
        client.post("/cuenta/confirmar/", {"password": PASSWORD})
        client.post("/cuenta/correo/", {"email": TOLD, "action_add": ""})
    assert [letter.to for letter in mail.outbox] == [[TOLD]]
    mail.outbox.clear()
    cache.clear()


def test_a_forgotten_password_opens_an_account_to_its_own_address_alone() -> None:
    Client().post(FORGOTTEN, {"email": TOLD})
    assert [letter.to for letter in mail.outbox] == [[TOLD]]
    assert not re.search("/cuenta/contrasena/[^/]+-", str(mail.outbox[0].body))


def test_whose_address_it_is_opens_an_account_of_their_own() -> None:
    client = Client()
    client.post(SIGN_UP, {"email": TOLD, "password1": PASSWORD})
    client.post(re.findall(r"http://testserver(\S+)", str(mail.outbox[0].body))[0])
    assert set(Person.objects.values_list("email", flat=True)) == {"clara@example.org", TOLD}
    cache.clear()
    assert Client().post("/cuenta/entrar/", {"login": TOLD, "password": PASSWORD}).headers["Location"] == "/archivos/"
