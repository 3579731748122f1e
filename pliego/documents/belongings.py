"""Everything that an account holds, to take along: the PDFs with their earlier versions, and what is said of them."""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

from django.utils import timezone

from pliego.accounts.viewer import Viewer
from pliego.documents import gathering, versions
from pliego.documents.addresses import in_full
from pliego.documents.gathered import Collection
from pliego.documents.models import Document
from pliego.documents.names import safe_name
from pliego.documents.safekeeping import packed
from pliego.documents.tables import line
from pliego.storage.zipping import Entry, stream

_BATCH = 200
_TITLE_MOST = 55
"""Letters of a title in the name of a file, which may have 255 bytes with the identifier; one takes up to four."""
COLUMNS = (
    "id",
    "file",
    "title",
    "author",
    "description",
    "language",
    "privacy",
    "original_name",
    "shared",
    "in_trash_since",
    "size",
    "pages",
    "views",
    "sha256",
    "address",
    "version",
)
VERSION_COLUMNS = ("document", "version", "file", "original_name", "since", "size", "pages", "sha256", "address")
COLLECTION_COLUMNS = (
    "collection",
    "collection_title",
    "collection_address",
    "place",
    "document",
    "document_title",
    "document_address",
)


def everything_of(viewer: Viewer) -> Iterator[bytes]:
    """A ZIP with all documents of an account, those in the trash too; made while it is sent."""
    keys = list(Document.objects.of_account(viewer).newest().values_list("pk", flat=True))
    return stream(_entries(viewer, keys))


def _entries(viewer: Viewer, keys: list[str]) -> Iterator[Entry]:
    now = timezone.localtime()
    for name, told in (
        ("documents.json", partial(_json, keys)),
        ("documents.csv", partial(_csv, keys)),
        ("versions.json", lambda: _array(map(_told_of_version, _earlier(keys)))),
        ("versions.csv", partial(_version_lines, keys)),
        ("collections.json", lambda: _array(_collections(viewer))),
        ("collections.csv", partial(_collection_lines, viewer)),
    ):
        yield Entry(name, None, now, told)
    yield from packed((_place(each), each) for each in chain(_documents(keys), _earlier(keys)))


def zipped(keys: list[str]) -> Iterator[bytes]:
    """A ZIP with the PDFs of some documents, in this order, under their titles."""
    return stream(packed(_named(keys)))


def _named(keys: list[str]) -> Iterator[tuple[str, Document]]:
    taken: dict[str, int] = {}
    for document in _documents(keys):
        name = safe_name(document.title)
        taken[name.casefold()] = number = taken.get(name.casefold(), 0) + 1
        yield name if number == 1 else f"{name.removesuffix('.pdf')} ({number}).pdf", document


def _documents(keys: list[str]) -> Iterator[Document]:
    """The documents in this order."""
    return chain.from_iterable(_batches(keys))


def _batches(keys: list[str]) -> Iterator[list[Document]]:
    """The documents in this order, few at a time; those deleted meanwhile are left out."""
    for start in range(0, len(keys), _BATCH):
        found = Document.objects.with_file().in_bulk(keys[start : start + _BATCH])
        yield [found[key] for key in keys[start : start + _BATCH] if key in found]


def _earlier(keys: list[str]) -> Iterator[Document]:
    """The documents as they were in their earlier versions."""
    for documents in _batches(keys):
        replaced = {document.pk: document for document in documents if document.version > 1}
        was = {
            key: list(each) for key, each in groupby(versions.earlier(*replaced.values()), attrgetter("document_id"))
        }
        for key, document in replaced.items():
            yield from (each.pinned(document) for each in was.get(key, []))


def _place(document: Document) -> str:
    """Its name in the archive: its title in its own letters, and what tells it from another of the same title."""
    stem = safe_name(document.title[:_TITLE_MOST]).removesuffix(".pdf")
    if document.pinned:
        return f"versions/{document.pk}/{document.version} {stem}.pdf"
    return f"documents/{stem} {document.pk}.pdf"


def _told(document: Document) -> dict[str, Any]:
    trashed = document.trashed_at.isoformat() if document.trashed_at else ""
    values = (
        document.pk,
        _place(document),
        document.title,
        document.author,
        document.description,
        document.language,
        str(document.privacy),
        document.original_name,
        document.created_at.isoformat(),
        trashed,
        document.file.size,
        document.file.pages,
        document.view_count,
        document.file_id,
        in_full(document.get_absolute_url()),
        document.version,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _told_of_version(was: Document) -> dict[str, Any]:
    values = (
        was.pk,
        was.version,
        _place(was),
        was.original_name,
        was.as_of.isoformat(),
        was.file.size,
        was.file.pages,
        was.file_id,
        in_full(was.get_absolute_url()),
    )
    return dict(zip(VERSION_COLUMNS, values, strict=True))


def _version_lines(keys: list[str]) -> Iterable[bytes]:
    yield line(VERSION_COLUMNS).encode()
    for was in _earlier(keys):
        yield line(_told_of_version(was).values()).encode()


def _collections(viewer: Viewer) -> Iterator[dict[str, Any]]:
    """The collections of an account, each with what is seen in it, in its order."""
    for collection in Collection.objects.of_account(viewer).newest():
        inside = gathering.documents_in(viewer, collection)
        yield {
            "id": collection.pk,
            "title": collection.title,
            "description": collection.description,
            "privacy": str(collection.privacy),
            "made": collection.created_at.isoformat(),
            "address": in_full(collection.get_absolute_url()),
            "documents": [_named_in(each) for each in inside],
        }


def _named_in(document: Document) -> dict[str, str]:
    return {"id": document.pk, "title": document.title, "address": in_full(document.get_absolute_url())}


def _collection_lines(viewer: Viewer) -> Iterable[bytes]:
    yield line(COLLECTION_COLUMNS).encode()
    for told in _collections(viewer):
        for place, each in enumerate(told["documents"], 1):
            values = (told["id"], told["title"], told["address"], place, each["id"], each["title"], each["address"])
            yield line(values).encode()


def _json(keys: list[str]) -> Iterable[bytes]:
    return _array(_told(document) for document in _documents(keys))


def _array(told: Iterable[dict[str, Any]]) -> Iterable[bytes]:
    before = "[\n"
    for each in told:
        yield (before + json.dumps(each, ensure_ascii=False)).encode()
        before = ",\n"
    yield b"\n]\n" if before == ",\n" else b"[]\n"


def _csv(keys: list[str]) -> Iterable[bytes]:
    yield line(COLUMNS).encode()
    for document in _documents(keys):
        yield line(_told(document).values()).encode()
