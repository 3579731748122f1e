"""Are the stored bytes still those that came in? What is damaged is set aside, so that nobody is given it for good.

Where bytes are missing, their documents stay as they are, and say so. The same bytes, shared again by anybody or put
back by hand, make them whole: the disk itself is asked each time, and nothing else remembers that something was lost.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext

from pliego.documents.engines import blobs, pictures
from pliego.documents.models import Document, File, Version, Withheld
from pliego.errors import NotFound, PliegoError, TakenDown, gettext_noop
from pliego.storage import zipping
from pliego.storage.blobs import Head
from pliego.storage.local import Condition

log = logging.getLogger(__name__)

BATCH = 500
ENTRIES = 100
"""Files of an archive that are asked for at once: what is taken down while it is sent stops those after them."""
SLICE = 64 << 20
"""Bytes that the worker compares in a minute: a file more, and more of an archive for which that would be too slow."""
MINUTE = timedelta(minutes=1)
_TENTH = 10
_turn = threading.Lock()


class FileDamaged(PliegoError):
    """The bytes of a document are no longer those that were shared, or no longer there."""

    code = "file-damaged"
    status = 500
    sentence = gettext_noop(
        "This file has been damaged on the server, so it is not given out. Once somebody shares the same file here "
        "again, it is back."
    )


@dataclass(frozen=True, slots=True)
class Loss:
    """A checksum whose bytes are no longer whole, and the documents and versions that have them."""

    sha256: str
    condition: Condition
    documents: list[Document]


def original(file: File) -> tuple[Path, Head]:
    """Where the bytes of a file lie. Raise FileDamaged, or NotFound when it was deleted meanwhile."""
    head = held(file)
    if head is None:
        raise absent(file)
    return blobs().path(file.sha256), head


def held(file: File) -> Head | None:
    """What is known of its bytes without reading them; None unless all of them are there."""
    head: Head | None = blobs().head(file.sha256)
    return head if head and head.size == file.size else None


def packed(named: Iterable[tuple[str, Document]]) -> Iterator[zipping.Entry]:
    """The files of documents for an archive; where one is damaged or was taken down, a text in its place says so."""
    each = iter(named)
    while some := list(islice(each, ENTRIES)):
        withheld = Withheld.objects.in_bulk({document.file_id for _, document in some})
        yield from (_entry(name, document, withheld.get(document.file_id)) for name, document in some)


def _entry(name: str, document: Document, withheld: Withheld | None) -> zipping.Entry:
    moment = localtime(document.as_of)
    if not withheld and held(document.file):
        return zipping.from_path(name, blobs().path(document.file_id), document.file.size, moment)
    said = (
        gettext(TakenDown.sentence) % {"statement": withheld.statement} if withheld else gettext(FileDamaged.sentence)
    )
    words = said.encode()
    return zipping.Entry(f"{name}.txt", len(words), moment, lambda: [words])


def absent(file: File) -> PliegoError:
    """Why its bytes are not there."""
    return FileDamaged() if File.objects.filter(pk=file.pk).exists() else NotFound()


def came_back(file: File) -> None:
    """Let be read anew what lost its bytes and has them again: some of it may have been read from damaged ones.

    Of a file with a password the reading copy is kept, for which its owner would be asked once more.
    """
    pictures().delete(file.sha256)
    File.objects.filter(pk=file.pk, needs_password=False).put_back()
    Document.objects.holding(file.sha256).revised()
    file.refresh_from_db()


def extent() -> tuple[int, int]:
    """How many files the site has, and how many bytes they are together."""
    told = File.objects.aggregate(files=Count("pk"), size=Sum("size", default=0))
    return told["files"], told["size"]


def verify(advance: Callable[[int], object] = lambda _: None) -> Iterator[Loss]:
    """Read every file from the disk and tell what is damaged or missing, which nobody is given from now on.

    ``advance`` is told how many bytes were read. What arrives or is deleted meanwhile is not in the way.
    """
    last = ""
    while keys := list(File.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        for last in keys:
            if loss := _loss(last, advance):
                yield loss


def verify_some() -> None:
    """Compare the files that were not compared for longest, so that each is within PLIEGO_VERIFY_DAYS, and log losses.

    It reads a little each minute, and only what is due: nothing happens where nothing is, and in a tenth of the time
    it would be through with all of them, had they come at once.
    """
    if not settings.VERIFY_DAYS or not _turn.acquire(blocking=False):
        return
    try:
        _verify_due(timedelta(days=settings.VERIFY_DAYS) / _TENTH)
    finally:
        _turn.release()


def _verify_due(tenth: timedelta) -> None:
    now = timezone.now()
    due = File.objects.not_compared_since(now - tenth * (_TENTH - 1), now)
    if not due.exists():
        return
    left = max(SLICE, extent()[1] * MINUTE // tenth)
    compared = []
    for sha256, size in due.values_list("pk", "size")[:BATCH]:
        if loss := _loss(sha256, lambda _: None):
            _log(loss)
        compared.append(sha256)
        left -= size
        if left <= 0:
            break
    File.objects.filter(pk__in=compared).update(compared_at=now)


def _log(loss: Loss) -> None:
    for document in loss.documents:
        log.error("document %s: its file is %s (%s)", document.named, loss.condition.value, loss.sha256)


def leftovers() -> int:
    """How many blobs lie there that no file knows of. A crash leaves some; they are deleted within a day."""
    count, stored = 0, blobs().list()
    while keys := list(islice(stored, BATCH)):
        count += len(keys) - File.objects.filter(pk__in=keys).count()
    return count


def _loss(sha256: str, advance: Callable[[int], object]) -> Loss | None:
    settled = False
    while not settled:  # what was examined may be replaced at the same moment
        found = blobs().examine(sha256, advance)
        if found.condition is Condition.WHOLE:
            return None
        with transaction.atomic():  # as intake and removal do: nobody stores or deletes these bytes meanwhile
            settled = found.condition is Condition.CLOSED or blobs().set_aside(sha256, found)
            documents = _having(sha256)
    return Loss(sha256, found.condition, documents) if documents else None


def _having(sha256: str) -> list[Document]:
    now = Document.objects.with_file().filter(file=sha256).order_by("created_at")
    earlier = Version.objects.select_related("file", "document__file").filter(file=sha256).order_by("created_at")
    return [*now, *(version.pinned(version.document) for version in earlier)]
