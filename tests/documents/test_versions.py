import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from pliego.accounts.viewer import ANONYMOUS, OPERATOR, Viewer
from pliego.documents import (
    catalog,
    holdings,
    indexing,
    library,
    many,
    processing,
    removal,
    searching,
    trash,
    upkeep,
    versions,
)
from pliego.documents.at_once import read_at_once
from pliego.documents.claims import Claim
from pliego.documents.engines import blobs, derived
from pliego.documents.intake import Receiver
from pliego.documents.models import Document, File, Version, Withheld
from pliego.documents.searching import Question
from pliego.documents.upkeep import collect_garbage
from pliego.documents.versions import Replacement
from pliego.errors import AccountFull, NotAPdf, NotFound, SameVersion, TakenDown, UnreadablePdf
from pliego.pdf.reader import Reader
from tests import samples
from tests.people import account, leaflet, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def replaced(document: Document, pdf: bytes, name: str = "nuevo.pdf", *, read: bool = False) -> Document:
    receiver = Receiver()
    receiver.write(pdf)
    now = versions.replace(receiver, Replacement(document, name))
    if read:
        processing.process(now.file_id)
    return Document.objects.with_file().get(pk=now.pk)


@pytest.fixture
def document() -> Document:
    return share("primera", read=False).document


def stored(document: Document) -> bytes:
    return blobs().path(document.file_id).read_bytes()


def owner_of(document: Document) -> Viewer:
    return Viewer(owned=frozenset({document.pk}))


def test_the_address_stays_and_what_it_was_before_has_one_of_its_own(document: Document) -> None:
    replaced(share("otra", read=False).document, leaflet("ajena"))
    now = replaced(document, leaflet("segunda"))
    assert (now.pk, now.version, now.original_name) == (document.pk, 2, "nuevo.pdf")
    assert stored(now) == leaflet("segunda")
    was = catalog.document_for(owner_of(now), f"{now.pk}/v/1")
    assert (was.version, was.original_name, stored(was)) == (1, "primera.pdf", leaflet("primera"))
    assert now.get_absolute_url().startswith(f"/d/{now.pk}/nuevo")
    assert was.get_absolute_url().startswith(f"/d/{now.pk}/v/1/")
    assert now.picture_url(1, 800) != document.picture_url(1, 800) == was.picture_url(1, 800)


@pytest.mark.parametrize("shown", [False, True])
def test_visitors_see_earlier_versions_when_the_owner_says_so(document: Document, shown: bool) -> None:
    now = replaced(document, leaflet("segunda"))
    versions.show(now, shown=shown)
    assert [each.number for each in versions.seen_by(ANONYMOUS, catalog.document_for(ANONYMOUS, now.pk))] == [1] * shown
    assert len(versions.seen_by(owner_of(now), now)) == 1
    if not shown:
        with pytest.raises(NotFound):
            catalog.document_for(ANONYMOUS, f"{now.pk}/v/1")
    assert catalog.document_for(ANONYMOUS, f"{now.pk}/v/2") == now


@pytest.mark.parametrize("named", ["v/3", "v/99999"])
def test_a_version_that_never_was_is_not_found(document: Document, named: str) -> None:
    now = replaced(document, leaflet("segunda"))
    with pytest.raises(NotFound):
        catalog.document_for(OPERATOR, f"{now.pk}/{named}")


@pytest.mark.parametrize(
    ("pdf", "error"),
    [
        (b"no PDF at all", NotAPdf),
        (b"%PDF-1.7\n" + b"x" * 5000, UnreadablePdf),
        (samples.no_pages(), UnreadablePdf),
    ],
)
def test_what_cannot_be_read_changes_nothing(document: Document, pdf: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        replaced(document, pdf)
    now = Document.objects.with_file().get()
    assert (now.version, stored(now)) == (1, leaflet("primera"))
    assert not list(blobs().incoming.iterdir())


def test_what_can_be_repaired_and_what_is_locked_may_take_the_place(document: Document) -> None:
    assert replaced(document, samples.truncated()).version == 2
    assert replaced(document, samples.encrypted("clave")).version == 3


def test_the_same_file_is_no_new_version(document: Document) -> None:
    with pytest.raises(SameVersion):
        replaced(document, leaflet("primera"))
    assert not Version.objects.exists()


def test_an_earlier_version_comes_back_under_a_number_of_its_own(document: Document) -> None:
    replaced(document, leaflet("segunda"))
    now = versions.bring_back(document, 1)
    assert (now.version, now.original_name, stored(now)) == (3, "primera.pdf", leaflet("primera"))
    assert [each.number for each in versions.earlier(now)] == [2, 1]
    assert versions.bring_back(now, 1).version == 3  # it is what it is
    with pytest.raises(NotFound):
        versions.bring_back(now, 7)


def test_a_deleted_version_is_gone_with_its_bytes(document: Document) -> None:
    first = document.file_id
    now = replaced(document, leaflet("segunda"))
    versions.forget(now, 1)
    assert blobs().head(first) is None
    assert not File.objects.filter(pk=first).exists()
    assert derived().names(first) == []
    with pytest.raises(NotFound):
        versions.forget(now, 1)
    assert replaced(now, leaflet("tercera")).version == 3  # a number is never given twice


def test_bytes_that_only_an_earlier_version_has_stay(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = document.file_id, share("primera", read=False).document
    replaced(document, leaflet("segunda"))
    removal.remove(other)
    monkeypatch.setattr(upkeep, "ABANDONED", timedelta(0))
    collect_garbage()
    assert blobs().head(first)


def test_bytes_that_something_else_has_stay(document: Document) -> None:
    first = document.file_id
    now = replaced(document, leaflet("segunda"))
    versions.bring_back(now, 1)
    versions.forget(now, 1)  # the document itself has them again
    assert blobs().head(first)
    versions.bring_back(now, 2)
    share("primera", read=False)
    versions.forget(now, 3)
    assert blobs().head(first)  # another document has them


def test_deleting_the_document_deletes_every_version(document: Document) -> None:
    held = {document.file_id}
    for word in ("segunda", "tercera"):
        held.add(replaced(document, leaflet(word)).file_id)
    removal.remove(document)
    assert not Version.objects.exists()
    assert all(blobs().head(key) is None for key in held)


def test_the_trash_keeps_versions_and_gives_them_back() -> None:
    clara = Viewer(person=account().pk)
    document = share("papelera", read=False, owner=account()).document
    replaced(document, leaflet("segunda"))
    many.trash(clara, [document.pk])
    with pytest.raises(NotFound):
        catalog.document_for(clara, f"{document.pk}/v/1")
    with pytest.raises(NotFound):
        replaced(document, leaflet("tercera"))
    trash.restore(clara, [document.pk])
    assert catalog.document_for(clara, f"{document.pk}/v/1").version == 1


def test_what_was_taken_down_is_not_brought_back_nor_sent_nor_seen(document: Document) -> None:
    now = replaced(document, leaflet("segunda"))
    Withheld.objects.create(sha256=document.file_id, statement="por orden")
    with pytest.raises(TakenDown):
        versions.bring_back(now, 1)
    with pytest.raises(TakenDown):
        replaced(now, leaflet("primera"))
    with pytest.raises(TakenDown):
        catalog.document_for(owner_of(now), f"{now.pk}/v/1")
    with pytest.raises(NotFound):
        catalog.document_for(ANONYMOUS, f"{now.pk}/v/1")
    assert catalog.document_for(ANONYMOUS, now.pk).version == 2


def test_a_document_that_was_taken_down_takes_its_versions_along(document: Document) -> None:
    now = replaced(document, leaflet("segunda"))
    versions.show(now, shown=True)
    Withheld.objects.create(sha256=now.file_id, statement="por orden")
    with pytest.raises(TakenDown):
        catalog.document_for(ANONYMOUS, f"{now.pk}/v/1")


def test_every_version_counts_against_the_account_and_no_file_twice(settings: Settings) -> None:
    settings.QUOTA_ACCOUNT_MB = 1
    settings.QUOTA_ACCOUNT_DOCUMENTS = 1
    clara = Viewer(person=account().pk)
    big = leaflet("grande") + b"\n%" + b"x" * (700 << 10)
    document = share("chica", read=False, owner=account()).document
    size = holdings.held_by(clara).size
    now = replaced(document, big)
    assert holdings.held_by(clara).size == size + len(big)
    with pytest.raises(AccountFull):
        replaced(now, big + b"x")
    assert Document.objects.get().version == 2
    for number in (1, 2, 1):
        versions.bring_back(now, number)
        assert holdings.held_by(clara).size == size + len(big)
    for number in (2, 4):
        versions.forget(now, number)
    assert holdings.held_by(clara).size == size


@pytest.mark.usefixtures("archive")
def test_search_text_and_title_follow_the_file() -> None:
    document = share("primera").document
    indexing.follow()
    now = replaced(document, leaflet("segunda"), read=True)
    indexing.follow()
    assert now.title == "Título segunda"
    assert [each.document.pk for each in searching.search(ANONYMOUS, Question("segunda")).documents] == [document.pk]
    assert not searching.search(ANONYMOUS, Question("primera")).documents


def test_both_are_read_when_the_file_is_replaced_before_it_was(document: Document) -> None:
    now = replaced(document, leaflet("segunda"))
    for key in (document.file_id, now.file_id):
        processing.process(key)
    assert File.objects.filter(finished=True).count() == 2
    assert catalog.document_for(owner_of(now), f"{now.pk}/v/1").title == "Título primera"


def test_a_version_that_is_deleted_while_it_is_read_leaves_nothing(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = document.file_id
    replaced(document, leaflet("segunda"))

    def deleted_meanwhile(file: File, held: Claim, reader: Reader) -> bool:
        versions.forget(document, 1)
        return read_at_once(file, held, reader)

    monkeypatch.setattr(processing, "read_at_once", deleted_meanwhile)
    processing.process(first)
    assert not File.objects.filter(pk=first).exists()
    assert derived().names(first) == []


def test_a_locked_version_stays_locked_by_itself(document: Document) -> None:
    Document.objects.update(unlocked=True)
    now = replaced(document, leaflet("segunda"))
    assert not now.unlocked
    assert versions.bring_back(now, 1).unlocked


def test_a_title_of_the_owner_s_stays(document: Document) -> None:
    library.rename(document, "Mi título")
    assert replaced(document, leaflet("segunda"), read=True).title == "Mi título"


STEPS = st.lists(st.tuples(st.sampled_from(["replace", "back", "forget"]), st.integers(0, 5)), max_size=12)


@given(STEPS)
@hypothesis_settings(max_examples=20)
def test_whatever_is_done_what_is_left_has_its_bytes_and_nothing_else_has(steps: list[tuple[str, int]]) -> None:
    """Take the steps beside a plain model of them: number and word of each version, the newest last."""
    document = share("primera", read=False).document
    kept, newest, ever = {1: "primera"}, 1, {"primera"}
    for step, which in steps:
        word = f"palabra{which}" if step == "replace" else kept.get(which, "")
        with suppress(SameVersion, NotFound):
            if step == "replace":
                replaced(document, leaflet(word))
            elif step == "back":
                versions.bring_back(document, which)
            else:
                versions.forget(document, which)
        if step == "forget" and which != newest:
            kept.pop(which, None)
        elif step != "forget" and word not in ("", kept[newest]) and (step == "replace" or which != newest):
            newest += 1
            kept[newest] = word
            ever.add(word)
    now = Document.objects.with_file().get(pk=document.pk)
    held = {each.number: each.file_id for each in versions.earlier(now)} | {now.version: now.file_id}
    assert held == {number: sha256_of(word) for number, word in kept.items()}
    assert {word for word in ever if blobs().head(sha256_of(word))} == set(kept.values())
    removal.remove(document)
    assert not any(blobs().head(sha256_of(word)) for word in ever)


def sha256_of(word: str) -> str:
    return hashlib.sha256(leaflet(word)).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_each_has_its_version() -> None:
    document = share("a la vez", read=False).document

    def send(word: str) -> int:
        try:
            return replaced(document, leaflet(word)).version
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        numbers = list(threads.map(send, ["uno", "dos", "tres", "cuatro"]))
    now = Document.objects.get(pk=document.pk)
    assert max(numbers) == now.version == 5
    assert [each.number for each in versions.earlier(now)] == [4, 3, 2, 1]
    assert len({now.file_id, *(each.file_id for each in versions.earlier(now))}) == 5
