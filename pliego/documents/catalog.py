"""Reads for pages; always through `visible_to`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from pliego.accounts.manage_links import token_hash
from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import uploads
from pliego.documents.compiled import ByKey
from pliego.documents.gathered import Collection
from pliego.documents.identifiers import parted
from pliego.documents.models import Document, DocumentQuerySet, Privacy, Upload, Version
from pliego.documents.withheld import Withheld
from pliego.errors import BadRequest, NotFound, PliegoError, TakenDown

PAGE_SIZE = 24
_BARE = (
    *("privacy", "original_name", "own_title", "unlocked", "version"),
    *("file__needs_password", "file__size", "file__guessed_title", "file__facts_json"),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. ``following`` is the cursor of the next page, "" at the end."""

    documents: list[Document]
    following: str


def document_for(viewer: Viewer, named: str) -> Document:
    """What an address names: a document, as it is or as it was in a version.

    Raise NotFound: unknown and forbidden are the same. TakenDown of a document that would be there.
    """
    return _named(_whole, viewer, named)


def bare_document_for(viewer: Viewer, named: str) -> Document:
    """The same with no more of its row than its file's name, address and privacy need: half the time."""
    return _named(_bare, viewer, named)


def _whole(viewer: Viewer) -> DocumentQuerySet:
    return Document.objects.with_file().visible_to(viewer)


def _bare(viewer: Viewer) -> DocumentQuerySet:
    return _whole(viewer).only(*_BARE)


Rows = Callable[[Viewer], DocumentQuerySet]
_OPEN: dict[Rows, ByKey[Document]] = {rows: ByKey(partial(rows, ANONYMOUS)) for rows in (_whole, _bare)}
"""What nearly everybody asks: somebody whom the site does not know."""


def _named(rows: Rows, viewer: Viewer, named: str) -> Document:
    identifier, number = parted(named)
    document = _OPEN[rows].get(identifier) if viewer == ANONYMOUS else rows(viewer).filter(pk=identifier).first()
    if document is None:
        raise _missing(viewer, identifier)
    if number in (0, document.version):
        return document
    earlier = Version.objects.filter(document=document.pk, number=number)
    found = earlier.visible_to(viewer).select_related("file").first()
    if found is None:
        raise _withheld(earlier.meant_for(viewer).values("file_id"))
    return found.pinned(document)


def _missing(viewer: Viewer, identifier: str) -> PliegoError:
    """Why there is nothing to show: unknown and forbidden are the same."""
    return _withheld(Document.objects.kept().meant_for(viewer).filter(pk=identifier).values("file_id"))


def _withheld(meant: QuerySet[Any, Any]) -> PliegoError:
    """Why the file that would be there is not: it was taken down, or there is none."""
    withheld = Withheld.objects.filter(sha256__in=meant).first()
    return TakenDown(statement=withheld.statement) if withheld else NotFound()


def owned_document(viewer: Viewer, identifier: str) -> Document:
    """The document if this person may change it, else NotFound."""
    document = document_for(viewer, identifier)
    if not viewer.owns(document):
        raise NotFound
    return document


def same_file(viewer: Viewer, document: Document) -> Document | None:
    """An earlier document with the same bytes that this person may know of; None when there is none."""
    copies = Document.objects.copies_known_to(viewer, document.file).with_file()
    return copies.filter(created_at__lt=document.as_of).exclude(pk=document.pk).first()


def recent(viewer: Viewer, count: int) -> list[Document]:
    """The newest documents that may be listed."""
    return list(Document.objects.listed_to(viewer).with_file().newest()[:count])


def most_viewed(viewer: Viewer, count: int) -> list[Document]:
    """The most viewed documents that may be listed."""
    return list(Document.objects.listed_to(viewer).with_file().most_viewed()[:count])


def listing(viewer: Viewer, cursor: str = "") -> Listing:
    """A page of all documents, newest first; see page_of."""
    return page_of(Document.objects.listed_to(viewer), cursor)


def page_of(documents: DocumentQuerySet, cursor: str) -> Listing:
    """A page of some documents, newest first, at a cost that does not depend on how far in it is.

    Raise BadRequest as `beyond`.
    """
    shown = list(documents.with_file().filter(beyond(cursor)).newest()[: PAGE_SIZE + 1])
    more = len(shown) > PAGE_SIZE
    return Listing(shown[:PAGE_SIZE], cursor_of(shown[PAGE_SIZE - 1]) if more else "")


def cursor_of(last: Document | Collection) -> str:
    """Where a page of a list, newest first, ends: the moment and the identifier of the last that it shows."""
    return f"{last.created_at.isoformat()}~{last.pk}"


def beyond(cursor: str) -> Q:
    """What comes after a cursor, all of it after ""; raise BadRequest on a made-up one."""
    if not cursor:
        return Q()
    moment, _, identifier = cursor.partition("~")
    try:
        created_at = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadRequest(what="after") from error
    return Q(created_at__lt=created_at) | Q(created_at=created_at, pk__lt=identifier)


def holder(identifier: str, token: str) -> frozenset[str]:
    """What this manage secret gives a right to: that document, or the upload that becomes it, or nothing.

    Once the document is there it alone tells: it may have got another secret, or an account, while the upload is kept.
    """
    kept = Document.objects.filter(pk=identifier).values_list("manage_hash", flat=True).first()
    if kept is None:
        coming = Upload.objects.filter(document_id=identifier, finished=False, replaces=None)
        kept = coming.values_list("manage_hash", flat=True).first()
    return frozenset({identifier}) if kept == token_hash(token) else frozenset()


def arriving(viewer: Viewer, identifier: str) -> Upload | None:
    """The upload under way that will become this document; None when there is none or it is not for this person."""
    upload = Upload.objects.filter(document_id=identifier, finished=False, replaces=None).first()
    if upload and upload.privacy == Privacy.PRIVATE and not viewer.keeps(identifier, upload.owner_id):
        return None
    return upload


def arrived(upload: Upload) -> int:
    """How much of an upload has come, from 0 to 100."""
    return uploads.percent(upload)
