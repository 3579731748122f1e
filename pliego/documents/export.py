"""A document's reading text to take along: as plain text, and as a book for reading programs."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pliego.documents import outlines
from pliego.documents.engines import derived
from pliego.documents.flowing import flow
from pliego.documents.models import Document, State
from pliego.documents.people import names
from pliego.documents.printed import labels_of
from pliego.documents.reading import Places
from pliego.errors import NotFound, ReaderBusy
from pliego.pdf import epub

VERSION = 3
_MAKING = Places(1, waiting=8)
"""Held while one is made: seconds of a processor for a long book, and much memory."""
RIGHT_TO_LEFT = {"ar", "fa", "he", "ug", "ur", "yi"}


def check_readable(document: Document) -> None:
    """Raise NotFound when the document has no text to take along, ReaderBusy while it is being read."""
    file = document.file
    if document.locked or file.text_state in (State.FAILED, State.LOCKED):
        raise NotFound
    if file.text_state == State.PENDING:
        raise ReaderBusy


def text(document: Document) -> Path:
    """The whole reading text, kept as a book is; paragraphs have a blank line between them. Raise as `book`."""
    said = [document.title, document.author, document.file.text_state, document.file.pages_read]
    return _made(document, said, "text", "txt", lambda path: _write_text(document, path))


def book(document: Document, address: str) -> Path:
    """The document as an EPUB 3, made at the first time of asking and kept. ``address``: its page in full.

    Raise DiskFull, and ReaderBusy while the outline cannot be read or others are being made.
    """
    file = document.file
    # What the owner says of a document is in the book; two documents of the same file have two books.
    said = [document.title, document.author, document.language, address, file.text_state, file.pages_read]
    said.append(labels_of(document).runs)
    return _made(document, said, "epub", "epub", lambda path: _write_book(document, address, path))


def _made(document: Document, said: list[Any], kind: str, ending: str, write: Callable[[Path], None]) -> Path:
    """The file of a document that says this; what said something else before is forgotten."""
    sha256, folder = document.file.sha256, f"{kind}-{VERSION}"
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
    name = f"{folder}/{document.pk}-{digest}.{ending}"
    if not derived().exists(sha256, name):
        with _MAKING:
            if not derived().exists(sha256, name):
                _write_alone(sha256, name, write)
    made: Path = derived().path(sha256, name)
    return made


def _write_alone(sha256: str, name: str, write: Callable[[Path], None]) -> None:
    with derived().writing(sha256, name) as path:
        write(path)
    of_document = name.rpartition("-")[0]
    for other in derived().names(sha256):
        if other.startswith(f"{of_document}-") and other != name:
            derived().discard(sha256, other)


def _write_text(document: Document, path: Path) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as written:
        written.write(f"{document.title}\n{document.author}\n\n" if document.author else f"{document.title}\n\n")
        for block in flow(document.file, 1, document.file.readable_pages):
            written.write(block.plain())


def _write_book(document: Document, address: str, path: Path) -> None:
    epub.write(path, _described(document, address), flow(document.file, 1, document.file.readable_pages))


def _described(document: Document, address: str) -> epub.Book:
    entries = outlines.outline(document.file)
    return epub.Book(
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, address)}",
        title=document.title,
        authors=[name.direct for name in names(document.author, document.language)],
        language=document.language,
        modified=document.as_of,
        source=address,
        pages=max(document.file.readable_pages, 1),
        sections=[epub.Section(entry.title, entry.level, entry.page) for entry in entries],
        right_to_left=document.language in RIGHT_TO_LEFT,
        labels=labels_of(document),
    )
