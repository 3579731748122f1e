from datetime import timedelta

import pytest
from django.utils import timezone

from pliego.accounts.viewer import ANONYMOUS, OPERATOR, Viewer
from pliego.documents import catalog
from pliego.documents.models import Document, File, Privacy, State
from pliego.errors import BadRequest, NotFound
from tests.people import Shared, account, share

pytestmark = pytest.mark.django_db


def shared(privacy: str = Privacy.PUBLIC, canary: str = "uno") -> Shared:
    return share(canary, privacy, read=False)


def many(count: int) -> None:
    """So many public documents, some of the same moment."""
    file = shared().document.file
    now = timezone.now()
    for number in range(1, count):
        Document.objects.create(file=file, original_name="x.pdf", created_at=now - timedelta(minutes=number // 3))


@pytest.mark.parametrize("privacy", [Privacy.PUBLIC, Privacy.UNLISTED])
def test_whoever_has_the_address_may_see_what_is_not_private(privacy: str) -> None:
    document = shared(privacy).document
    assert catalog.document_for(ANONYMOUS, document.pk) == document


def test_a_private_document_is_its_owner_s_and_the_operator_s() -> None:
    document = shared(Privacy.PRIVATE).document
    with pytest.raises(NotFound):
        catalog.document_for(ANONYMOUS, document.pk)
    with pytest.raises(NotFound):
        catalog.document_for(Viewer(owned=frozenset({"another"})), document.pk)
    assert catalog.document_for(Viewer(owned=frozenset({document.pk})), document.pk) == document
    for each in (document, shared(Privacy.PRIVATE, "otro").document):
        assert catalog.document_for(OPERATOR, each.pk) == each


def test_only_the_owner_may_change_a_document() -> None:
    document = shared().document
    with pytest.raises(NotFound):
        catalog.owned_document(ANONYMOUS, document.pk)
    assert catalog.owned_document(Viewer(owned=frozenset({document.pk})), document.pk) == document


def test_a_secret_holds_its_own_document_and_no_other() -> None:
    one, other = shared(), shared(canary="otro")
    assert catalog.holder(one.document.pk, one.token) == {one.document.pk}
    assert not catalog.holder(one.document.pk, other.token)
    assert not catalog.holder(other.document.pk, one.token)


def test_an_account_opens_what_it_owns_and_nobody_else_does() -> None:
    document = share("propio", Privacy.PRIVATE, read=False, owner=account()).document
    assert catalog.owned_document(Viewer(person=account().pk), document.pk) == document
    for viewer in (ANONYMOUS, Viewer(person=account("otra").pk)):
        with pytest.raises(NotFound):
            catalog.document_for(viewer, document.pk)


def test_whoever_was_granted_a_document_reads_it_and_changes_nothing() -> None:
    document = share("dado", Privacy.PRIVATE, read=False).document
    granted = Viewer(granted=frozenset({document.pk}))
    assert catalog.document_for(granted, document.pk) == document
    with pytest.raises(NotFound):
        catalog.owned_document(granted, document.pk)


def test_the_trash_holds_one_s_own_documents_and_no_list_does() -> None:
    owner = Viewer(person=account().pk)
    mine, other = share("mío", read=False, owner=account()).document, share("ajeno", read=False).document
    Document.objects.update(trashed_at=timezone.now())
    assert list(Document.objects.trash_of(owner)) == [mine]
    assert list(Document.objects.trash_of(Viewer(owned=frozenset({other.pk})))) == [other]
    assert not Document.objects.trash_of(ANONYMOUS).exists()
    for viewer in (owner, OPERATOR):
        assert not Document.objects.visible_to(viewer).exists()
        assert not catalog.recent(viewer, 5)
    assert not Document.objects.copies_known_to(owner, mine.file).exists()


def test_lists_hold_what_is_public_and_readable() -> None:
    seen = shared().document
    for privacy in (Privacy.UNLISTED, Privacy.PRIVATE):
        shared(privacy)
    broken = shared(canary="roto").document
    File.objects.filter(pk=broken.file_id).update(facts_state=State.FAILED)
    assert catalog.recent(ANONYMOUS, 9) == [seen]
    assert catalog.listing(ANONYMOUS).documents == [seen]


def test_most_viewed_leaves_out_what_nobody_viewed() -> None:
    one, _, three = (shared().document for _ in range(3))
    Document.objects.filter(pk=one.pk).update(view_count=1)
    Document.objects.filter(pk=three.pk).update(view_count=3)
    assert catalog.most_viewed(ANONYMOUS, 9) == [three, one]


def test_the_pages_of_a_list_hold_each_document_once() -> None:
    many(catalog.PAGE_SIZE * 2 + 5)
    seen, cursor = [], ""
    while True:
        page = catalog.listing(ANONYMOUS, cursor)
        seen += page.documents
        cursor = page.following
        if not cursor:
            break
    assert seen == list(Document.objects.newest())
    assert catalog.recent(ANONYMOUS, 5) == seen[:5]


def test_a_page_that_is_just_full_has_none_after_it() -> None:
    many(catalog.PAGE_SIZE)
    assert catalog.listing(ANONYMOUS).following == ""


@pytest.mark.parametrize(
    "cursor", ["zzz", "~", "2026-13-01", "0001-01-01T00:00:00+14:00~x", "9999-12-31T23:59:59-14:00~x", "\0", "9" * 99]
)
def test_a_cursor_that_is_none(cursor: str) -> None:
    with pytest.raises(BadRequest):
        catalog.listing(ANONYMOUS, cursor)


@pytest.mark.parametrize("key", ["", "\0", "x" * 9999, "' OR 1=1 --", "ñ"])
def test_any_key_may_stand_in_a_cursor(key: str) -> None:
    assert catalog.listing(ANONYMOUS, f"2026-01-01T00:00:00+00:00~{key}").documents == []
