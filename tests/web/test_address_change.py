"""Another e-mail address for an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from pliego.accounts.models import Person
from tests.people import PASSWORD, with_password

pytestmark = pytest.mark.django_db


def test_an_address_that_another_account_has_taken_meanwhile_is_not_confirmed() -> None:
    cache.clear()
    person = with_password()
    client = Client()
    client.post("/cuenta/entrar/", {"login": person.email, "password": PASSWORD})
    client.post("/cuenta/confirmar/", {"password": PASSWORD})
    client.post("/cuenta/correo/", {"email": "nueva@example.org", "action_add": ""})
    link = re.findall(r"http://testserver(\S+)", str(mail.outbox[-1].body))[0]
    other = Person.objects.create_user("nueva@example.org")
    answer = client.post(link, headers={"accept-language": "en"}, follow=True)
    assert answer.status_code == 200
    assert "nueva@example.org belongs to another account." in answer.content.decode()
    assert set(Person.objects.values_list("email", flat=True)) == {person.email, "nueva@example.org"}
    assert list(EmailAddress.objects.filter(verified=True).values_list("email", flat=True)) == [person.email]
    other.delete()
    client.post(link)
    assert Person.objects.get().email == "nueva@example.org"
