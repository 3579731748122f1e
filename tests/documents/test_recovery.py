import pytest
from django.core import signing

from pliego.accounts.manage_links import token_hash
from pliego.accounts.viewer import Viewer
from pliego.documents import library, recovery, trash
from pliego.documents.models import Document
from pliego.errors import NotFound
from tests.people import Shared, account, share

pytestmark = pytest.mark.django_db

EMAIL = "Clara@example.org"


@pytest.fixture
def shared() -> Shared:
    shared = share("perdido", read=False)
    recovery.note(shared.document, EMAIL)
    return shared


def word() -> str:
    return recovery.lost_by("clara@example.org ")[0].word


def test_a_keyed_hash_is_kept_and_nothing_of_the_address(shared: Shared) -> None:
    row = str(Document.objects.filter(pk=shared.document.pk).values().get())
    assert "clara" not in row.lower()
    assert Document.objects.get().recovery_hash


def test_the_address_brings_a_new_link_and_ends_the_old_one(shared: Shared) -> None:
    document, token = recovery.renew(word())
    assert library.managed_by(token) == document == shared.document
    assert library.managed_by(shared.token) is None


def test_a_word_works_once(shared: Shared) -> None:
    given = word()
    recovery.renew(given)
    with pytest.raises(NotFound):
        recovery.renew(given)


def test_until_then_the_old_link_works(shared: Shared) -> None:
    word()
    assert library.managed_by(shared.token) == shared.document


@pytest.mark.parametrize("email", ["", "otra@example.org", "clara@example.org\0", "x" * 5000])
def test_another_address_brings_nothing(shared: Shared, email: str) -> None:
    assert recovery.lost_by(email) == []


def test_a_forged_or_old_word_is_not_found(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = signing.dumps([shared.document.pk, shared.document.manage_hash])
    for made_up in ("", "x", "\0", forged, signing.dumps([shared.document.pk, token_hash("x")], salt=recovery._SALT)):
        with pytest.raises(NotFound):
            recovery.renew(made_up)
    given = word()
    monkeypatch.setattr("pliego.documents.recovery.VALID_SECONDS", -1)
    with pytest.raises(NotFound):
        recovery.meant(given)


def test_a_document_in_an_account_is_not_recovered(shared: Shared) -> None:
    library.claim(shared.document, account().pk)
    assert recovery.lost_by(EMAIL) == []


def test_the_mark_goes_away(shared: Shared) -> None:
    recovery.note(shared.document, " ")
    assert Document.objects.get().recovery_hash == ""
    assert recovery.lost_by("") == []


def test_what_lies_in_the_trash_is_recovered_and_what_was_given_up_is_not(shared: Shared) -> None:
    trash.put(shared.document)
    document, token = recovery.renew(word())
    assert library.managed_by(token) == document
    trash.give_up(Viewer(owned=frozenset({document.pk})), [document.pk])
    assert recovery.lost_by(EMAIL) == []
