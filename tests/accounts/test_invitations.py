from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone
from pytest_django import Settings

from pliego.accounts import invitations
from pliego.accounts.invitations import invitation_for, invited, may_sign_up
from pliego.accounts.models import SpentInvitation

pytestmark = pytest.mark.django_db


def test_an_invitation_names_its_address() -> None:
    assert invited(invitation_for(" Clara@Example.org")) == "clara@example.org"


@pytest.mark.parametrize("word", ["", "x", "a:b:c", "\0", "é" * 1000])
def test_a_forged_one_is_for_nobody(word: str) -> None:
    assert invited(word) == ""


def test_what_is_signed_for_something_else_is_no_invitation() -> None:
    assert invited(signing.dumps("clara@example.org")) == ""


def test_a_spent_one_is_for_nobody_and_another_one_is() -> None:
    word = invitation_for("clara@example.org")
    invitations.spend(word)
    assert invited(word) == ""
    assert invited(invitation_for("otra@example.org")) == "otra@example.org"
    for days, kept in ((14, True), (16, False)):
        SpentInvitation.objects.update(spent_at=timezone.now() - timedelta(days=days))
        invitations.forget()
        assert SpentInvitation.objects.exists() == kept


@pytest.mark.parametrize("word", ["", "x"])
def test_what_is_no_invitation_is_not_spent(word: str) -> None:
    invitations.spend(word)
    assert not SpentInvitation.objects.exists()


def test_an_old_one_is_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    word = invitation_for("clara@example.org")
    monkeypatch.setattr("pliego.accounts.invitations.VALID_DAYS", -1)
    assert invited(word) == ""


@pytest.mark.parametrize(
    ("policy", "bare", "with_invitation"), [("open", True, True), ("closed", False, False), ("invitation", False, True)]
)
def test_who_may_sign_up(settings: Settings, policy: str, bare: bool, with_invitation: bool) -> None:
    settings.SIGN_UP = policy
    assert may_sign_up("") == bare
    assert may_sign_up(invitation_for("clara@example.org")) == with_invitation
