import pytest
from django.test import Client

from pliego.accounts import people
from pliego.accounts.models import Person
from pliego.errors import AddressTaken, BadRequest
from tests.people import UNMAILABLE

pytestmark = pytest.mark.django_db


def test_a_new_account_chooses_its_password_by_a_link_that_works_once() -> None:
    path = people.password_path(people.add("Clara@Example.org"))
    client = Client()
    form = client.get(path, follow=True)
    chosen = {"password1": "una contraseña larga", "password2": "una contraseña larga"}
    client.post(form.redirect_chain[-1][0], chosen)
    assert Person.objects.get().check_password("una contraseña larga")
    assert "password1" not in Client().get(path, follow=True).content.decode()


def test_an_address_has_one_account() -> None:
    people.add("clara@example.org")
    with pytest.raises(AddressTaken):
        people.add("CLARA@example.org ")
    people.add("clara@example.com")


@pytest.mark.parametrize("email", ["", "clara", "a@b", "a b@example.org", UNMAILABLE, "x@" + "y" * 300 + ".org"])
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(BadRequest):
        people.add(email)
