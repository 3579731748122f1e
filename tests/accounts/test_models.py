import pytest
from django.contrib.auth import authenticate
from django.db.models import ProtectedError

from pliego.accounts.models import Person
from tests.people import account, share

pytestmark = pytest.mark.django_db


def test_the_address_is_kept_in_lower_case_and_found_in_any() -> None:
    person = Person.objects.create_user(" Clara@Example.ORG ", "una contraseña larga")
    assert person.email == "clara@example.org"
    assert authenticate(username="CLARA@example.org", password="una contraseña larga") == person


def test_passwords_are_kept_as_argon2() -> None:
    assert Person.objects.create_user("a@example.org", "una contraseña larga").password.startswith("argon2$argon2id$")


def test_without_a_password_none_opens_the_account() -> None:
    Person.objects.create_user("a@example.org")
    assert authenticate(username="a@example.org", password="") is None


def test_an_account_cannot_go_while_documents_belong_to_it() -> None:
    share("suyo", read=False, owner=account())
    with pytest.raises(ProtectedError):
        account().delete()
