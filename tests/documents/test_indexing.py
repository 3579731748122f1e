"""The search index follows the documents, heals, and is rebuilt from the stored text alone."""

import shutil

import pytest
from django.conf import settings
from django.utils import timezone

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import indexing, library, readiness, removal
from pliego.documents.engines import index
from pliego.documents.models import Document, Privacy, Topic
from pliego.documents.searching import Question, search
from pliego.search.query import parse
from pliego.search.records import State
from pliego.search.schema import SHAPE
from tests.archive import put, settled
from tests.damage import no_room
from tests.people import share

pytestmark = pytest.mark.usefixtures("archive")


def keys(typed: str) -> list[str]:
    """What the index itself finds, whoever asks."""
    return [hit.key for hit in index().find(parse(typed)).documents]


def details(document: Document, **changes: str) -> library.Details:
    known = {"title": "", "author": "", "description": "", "language": "", "privacy": Privacy.PUBLIC}
    return library.Details(**{**known, **changes})  # type: ignore[arg-type]


def test_a_document_is_indexed_once() -> None:
    share("molino")
    assert indexing.index_changes() == 1
    assert indexing.index_changes() == 0


def test_a_rebuilt_index_says_nothing_of_the_trash() -> None:
    gone = settled(share("molino")).document
    Document.objects.filter(pk=gone.pk).update(trashed_at=timezone.now())
    assert not search(ANONYMOUS, Question("molino")).documents
    indexing.rebuild()
    assert keys("molino") == []
    assert indexing.index_changes() == 0


def test_a_document_that_is_not_read_yet_is_not_indexed() -> None:
    share("molino", read=False)
    assert indexing.index_changes() == 0


def test_a_change_is_indexed() -> None:
    document = put("molino").document
    library.edit(document, details(document, title="Batán"))
    indexing.index_changes()
    assert keys("title:batán") == [document.pk]
    assert keys("title:molino") == []


def test_what_is_deleted_is_forgotten() -> None:
    document = put("molino").document
    removal.remove(document)
    indexing.forget(document.pk)
    assert keys("molino") == []


def test_the_year_is_that_of_the_pdf_and_pages_are_counted() -> None:
    document = put("molino").document
    record, pages = indexing.records_of(document)
    assert (record.year, record.pages, len(list(pages))) == (document.year, 1, 1)


def test_nothing_of_a_locked_document_is_told() -> None:
    document = put("molino").document
    document.file.needs_password = True
    record, pages = indexing.records_of(document)
    assert (record.author, record.keywords, record.signature, list(pages)) == ("", (), b"", [])


def test_a_rebuild_finds_the_same() -> None:
    documents = [put(word).document.pk for word in ("molino", "noria")]
    before = [keys("molino"), keys("palabra")]
    indexing.rebuild()
    assert [keys("molino"), keys("palabra")] == before
    assert set(keys("palabra")) == set(documents)
    assert not Document.objects.unindexed().exists()


def test_a_rebuild_opens_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    put("molino")
    shutil.move(settings.DATA / "blobs", settings.DATA / "blobs-away")
    try:
        indexing.rebuild()
    finally:
        shutil.move(settings.DATA / "blobs-away", settings.DATA / "blobs")
    assert keys("molino")


def test_a_lost_index_heals() -> None:
    document = put("molino").document
    index().close()
    shutil.rmtree(settings.DATA / "index")
    assert index().state() is State.MISSING
    assert indexing.heal()
    assert not indexing.heal()
    assert [found.document for found in search(ANONYMOUS, Question("molino")).documents] == [document]


def test_an_index_of_another_analysis_answers_and_is_healed() -> None:
    document = put("molino").document
    index().close()
    [generation] = (settings.DATA / "index").glob("g-*")
    (generation / "version").write_text(f"{SHAPE}.0")
    assert [found.document for found in search(ANONYMOUS, Question("molino")).documents] == [document]
    share("noria")
    assert not indexing.follow()
    assert search(ANONYMOUS, Question("noria")).documents
    assert indexing.heal()
    assert indexing.follow()
    assert len(search(ANONYMOUS, Question("molino OR noria")).documents) == 2


def test_what_is_new_does_not_stand_alone_where_an_index_was_lost() -> None:
    document = put("molino").document
    index().close()
    shutil.rmtree(settings.DATA / "index")
    share("noria")
    assert not indexing.follow()
    assert index().state() is State.MISSING
    assert indexing.heal()
    assert indexing.follow()
    assert [found.document for found in search(ANONYMOUS, Question("molino")).documents] == [document]
    assert search(ANONYMOUS, Question("noria")).documents


def test_a_stale_index_is_brought_up_to_date() -> None:
    document = put("molino").document
    index().remove(document.pk)
    index().replace(*indexing.records_of(share("noria").document))
    Document.objects.exclude(pk=document.pk).delete()
    indexing.reconcile()
    assert keys("noria") == []
    assert indexing.index_changes() == 1
    assert keys("molino") == [document.pk]


def test_the_bytes_of_deleted_text_go_with_the_nightly_rebuild() -> None:
    gone = put("xylotrupes").document
    put("molino")
    indexing.rebuild()
    removal.remove(gone)
    indexing.forget(gone.pk)
    assert indexing.rebuild_after_deletions()
    files = b"".join(path.read_bytes() for path in (settings.DATA / "index").rglob("*") if path.is_file())
    assert b"xylotrupes" not in files
    assert not indexing.rebuild_after_deletions()


def test_a_document_is_listed_under_what_it_is_now() -> None:
    document = put("molino", author="Ruiz, Clara; Eva Sanz").document
    library.edit(document, details(document, author="Ana Gil"))
    settled(share("otra", read=False))
    assert set(Topic.objects.filter(kind="author", document=document).values_list("text", flat=True)) == {"Ana Gil"}


def test_an_unusable_index_is_rebuilt_and_holds_up_nobody() -> None:
    put("molino")
    generation = index()._reader_folder()
    index().close()
    (generation / "meta.json").write_text("{}")
    Document.objects.update(indexed_revision=0)
    indexing.follow()
    assert len(keys("molino")) == 1


def test_a_full_disk_costs_nobody_the_index(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    document = put("molino").document
    share("batán")
    monkeypatch.setattr(readiness, "FULL_MB", 1 << 40)
    with no_room():
        indexing.follow()
    assert "the search index does not follow now: the disk is full" in caplog.text
    assert keys("molino") == [document.pk]
    indexing.follow()
    assert len(keys("batán")) == 1
