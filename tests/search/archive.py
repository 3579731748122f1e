"""Small archives, and how to ask them."""

from pliego.search.index import Index, Records
from pliego.search.query import parse
from pliego.search.records import DocumentRecord, Found, PageRecord


def record(key: str, *texts: str, title: str = "", language: str = "es", **more: object) -> Records:
    pages = [PageRecord(number, text) for number, text in enumerate(texts, 1)]
    return DocumentRecord(key, title=title, language=language, pages=len(texts), **more), pages  # type: ignore[arg-type]


def add(index: Index, *records: Records) -> None:
    for one in records:
        index.replace(*one)


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.documents]


def search(index: Index, typed: str) -> list[str]:
    return keys(index.find(parse(typed)))


def rebuild(index: Index, *records: Records) -> None:
    known = {one[0].key: one for one in records}
    index.rebuild(iter(records), known.get)
