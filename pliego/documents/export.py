"""A document's reading text to take along: as plain text, and as a book for reading programs."""

import hashlib
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from pliego.documents import outlines
from pliego.documents.engines import derived
from pliego.documents.flowing import flow
from pliego.documents.models import Document, State
from pliego.documents.people import names
from pliego.errors import NotFound, ReaderBusy
from pliego.pdf import epub
from pliego.pdf.flow import Block

EPUB_VERSION = 2
RIGHT_TO_LEFT = {"ar", "fa", "he", "ug", "ur", "yi"}


def check_readable(document: Document) -> None:
    """Raise NotFound when the document has no text to take along, ReaderBusy while it is being read."""
    file = document.file
    if document.locked or file.text_state in (State.FAILED, State.LOCKED):
        raise NotFound
    if file.text_state == State.PENDING:
        raise ReaderBusy


def text(document: Document) -> Iterator[str]:
    """The whole reading text, a page at a time; paragraphs have a blank line between them."""
    yield f"{document.title}\n{document.author}\n\n" if document.author else f"{document.title}\n\n"
    for _, blocks in groupby(flow(document.file, 1, document.file.readable_pages), key=lambda block: block.page):
        yield "".join(map(Block.plain, blocks))


def book(document: Document, address: str) -> Path:
    """The document as an EPUB 3, made at the first time of asking and kept. ``address``: its page in full.

    Raise DiskFull, and ReaderBusy while the outline cannot be read.
    """
    file = document.file
    # What the owner says of a document is in the book; two documents of the same file have two books.
    said = [document.pk, document.title, document.author, document.language, address, file.text_state, file.pages_read]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
    name = f"epub-{EPUB_VERSION}/{digest}.epub"
    if not derived().exists(file.sha256, name):
        with derived().writing(file.sha256, name) as path:
            epub.write(path, _described(document, address), flow(file, 1, file.readable_pages))
    made: Path = derived().path(file.sha256, name)
    return made


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
    )
