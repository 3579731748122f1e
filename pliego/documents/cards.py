"""The pictures that go with links to a document, drawn when somebody asks and kept among the page pictures."""

import hashlib
import json
from contextlib import suppress

from pliego.documents.engines import pictures, reader
from pliego.documents.models import Document, File
from pliego.documents.quotes import Located
from pliego.documents.reading import check_page, readable_path
from pliego.errors import NotFound, StorageFails, UnreadablePdf
from pliego.pdf.values import Card

CARD_VERSION = 2
MAX_BOXES = 100
"""Lines of a passage that are lit; no card has room for more."""


def card(document: Document, number: int, note: str, passage: Located | None = None) -> bytes:
    """The card of a page, or of a passage on it, as a JPEG; ``note`` stands at its foot.

    Raise NotFound for a page that is not there or locked, UnreadablePdf for one that cannot be drawn, ReaderBusy and
    ReaderStopped.
    """
    if document.locked or document.file.unreadable:
        raise NotFound
    check_page(document.file, number)
    boxes = passage.boxes[:MAX_BOXES] if passage else []
    words = Card(number, document.title, document.author[:200], note, boxes)
    name = f"card-{CARD_VERSION}-{_digest(words)}"
    kept = pictures().get(document.file_id, name)
    return kept if kept is not None else _drawn(document.file, words, name)


def _digest(words: Card) -> str:
    return hashlib.sha256(json.dumps(words.to_json()).encode()).hexdigest()[:24]


def _drawn(file: File, words: Card, name: str) -> bytes:
    try:
        made = reader().card(readable_path(file), words)
    except FileNotFoundError as error:  # deleted meanwhile
        raise NotFound from error
    if not made:
        raise UnreadablePdf
    with suppress(StorageFails):  # a full disk keeps nobody from looking
        pictures().put(file.sha256, name, made)
    if not File.objects.filter(pk=file.pk).exists():
        pictures().delete(file.sha256)
        raise NotFound
    return made
