"""Documents by address, identifier or words."""

import pytest

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import indexing
from pliego.documents.naming import document_named, documents_meant
from pliego.errors import NotFound
from tests.people import account, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def nobody(_: str) -> Viewer:
    return ANONYMOUS


def test_an_address_or_an_identifier_names_a_document() -> None:
    document = share("molino").document
    for named in (
        document.pk, f" {document.pk} ", f"/d/{document.pk}", f"https://pliego.example/d/{document.pk}/titulo?p=2#x",
    ):  # fmt: skip
        assert document_named(nobody, named) == document
    for named in ("", "molino", f"/jobs/{document.pk}", f"{document.pk}x", "https://other.example/"):
        with pytest.raises(NotFound):
            document_named(nobody, named)


def test_what_somebody_may_not_see_is_not_there() -> None:
    mine = share("molino", "private", owner=account()).document
    assert document_named(lambda _: Viewer(person=account().pk), mine.pk) == mine
    for viewer in (ANONYMOUS, Viewer(person=account("otra").pk)):
        with pytest.raises(NotFound):
            document_named(lambda _, viewer=viewer: viewer, mine.pk)  # type: ignore[misc]
        assert documents_meant(lambda _, viewer=viewer: viewer, mine.pk) == []  # type: ignore[misc]


def test_words_find_what_may_be_seen() -> None:
    public, private = share("molino").document, share("puente", "private", owner=account()).document
    indexing.index_changes()
    assert documents_meant(nobody, "molino") == [public]
    assert documents_meant(nobody, "puente") == []
    assert private.pk
