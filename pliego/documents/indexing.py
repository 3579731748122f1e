"""Keeping the search index in step with the documents. The database filters every answer, so the index may be late.

One process at a time writes to it (see search/index.py); the worker does. A document is put into the index when its
revision is not the one that the index knows.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from django.db import transaction

from pliego.documents import copies, readiness, topics
from pliego.documents.engines import index
from pliego.documents.models import Document
from pliego.documents.reading import reading_texts
from pliego.errors import DiskFull
from pliego.search.generations import RebuildRunning
from pliego.search.index import Records
from pliego.search.records import DocumentRecord, PageRecord, SearchUnavailable, State

log = logging.getLogger(__name__)
_turn = threading.Lock()
_healing = threading.Lock()


def index_changes() -> int:
    """Bring the index up to date and return the number of documents that were put into it."""
    count = 0
    with _turn, _room():
        for document in Document.objects.unindexed().with_file().iterator():
            _put(document)
            count += 1
    return count


def follow() -> bool:
    """Bring the index up to date; one that turns out to be unusable is rebuilt, and nobody else is held up by it.

    False where heal has to make it anew: there is one of an older make, or none any more. Nothing is put where there is
    none: an index with little in it would look like a whole one to heal.
    """
    state = index().state()
    if state is State.MISSING and Document.objects.exclude(indexed_revision=0).exists():
        return False
    try:
        index_changes()
    except DiskFull:
        log.warning("the search index does not follow now: the disk is full")
    except SearchUnavailable as error:
        log.warning("the search index cannot be used and is being rebuilt (%s)", error.__cause__)
        with suppress(RebuildRunning):
            rebuild()
    return state is not State.STALE


def _put(document: Document) -> None:
    index().replace(*records_of(document))
    with transaction.atomic():
        topics.file_under(document)
        Document.objects.filter(pk=document.pk).update(
            indexed_revision=document.revision, filed_title=document.filed_as
        )
    if not document.locked:
        copies.note(document.file)


def forget(identifier: str) -> None:
    """Take a document that was deleted out of the index."""
    index().remove(identifier)


def records_of(document: Document) -> Records:
    """What the index is told of a document: nothing of its text while it is locked."""
    record = DocumentRecord(
        key=document.pk,
        title=document.title,
        author=document.author,
        keywords=(*document.own_keywords, *document.key_phrases),
        description=document.description,
        file_name=document.original_name,
        language=document.language,
        year=document.year,
        pages=0 if document.locked else document.file.pages,
        created=int(document.created_at.timestamp()),
        signature=b"" if document.locked else bytes(document.file.signature),
        stamp=str(document.revision),
    )
    return record, _pages(document)


def _pages(document: Document) -> Iterator[PageRecord]:
    if document.locked:
        return
    for number, text in reading_texts(document.file, document.file.readable_pages):
        if text:
            yield PageRecord(number, text, document.language)


def rebuild(progress: Callable[[int], None] | None = None) -> None:
    """Build the index anew from the stored text, without opening a PDF, while the old one keeps answering."""
    with _room():
        index().rebuild(_all(), _again, progress)
    reconcile()


@contextmanager
def _room() -> Iterator[None]:
    """Raise DiskFull where a full disk, not its own files, is what keeps the index from being written."""
    try:
        yield
    except SearchUnavailable as error:
        if readiness.make_room():
            raise
        raise DiskFull from error


def _all() -> Iterable[Records]:
    return map(records_of, Document.objects.kept().filter(file__finished=True).with_file().iterator())


def _again(identifier: str) -> Records | None:
    document = Document.objects.kept().with_file().filter(pk=identifier).first()
    return records_of(document) if document else None


def reconcile() -> None:
    """Compare the index with the database: note what it knows, forget what is gone."""
    stamps = index().stamps()
    for identifier, noted in Document.objects.values_list("pk", "indexed_revision").iterator():
        stamp = int(stamps.pop(identifier, "") or 0)
        if stamp != noted:
            Document.objects.filter(pk=identifier).update(indexed_revision=stamp)
    for identifier in stamps:
        forget(identifier)


def heal() -> bool:
    """Rebuild an index that is missing, torn or of an older make, and say so; False when there was nothing to do.

    One of an older make answers meanwhile. Nothing is done while another thread is at it.
    """
    if not _healing.acquire(blocking=False):
        return False
    try:
        return _healed(index().state())
    finally:
        _healing.release()


def _healed(state: State) -> bool:
    if state is State.READY:
        return False
    if Document.objects.exists():  # a new site has nothing to find yet
        log.warning("the search index is %s: it is being rebuilt", state.value)
    try:
        rebuild()
    except RebuildRunning:  # a worker that was started twice in a moment asks twice
        return False
    except DiskFull:
        log.warning("the search index cannot be rebuilt now: the disk is full")
        return False
    log.info("the search index is ready")
    return True


def rebuild_after_deletions() -> bool:
    """Rebuild when deleted text is still in the index files, so that its bytes go too."""
    try:
        if not index().deleted_records():
            return False
    except SearchUnavailable:
        return heal()
    rebuild()
    return True
