"""Page views: a request appends one line to a spool; the worker folds the lines into the counts.

There is a spool file for each hour (UTC). A batch of lines is counted in one transaction that also saves how far the
file has been read, so a stop at any point neither loses nor repeats a line. A file goes when its hour is long over and
all of it is counted: the file first, then its row, because a row without a file is harmless.

A visitor is known for half an hour, as a keyed hash of address and program; the address itself is never written down.
"""

import hashlib
import logging
import os
import re
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pliego.documents.identifiers import PATTERN
from pliego.documents.models import Document, RecentView, ViewSpool

log = logging.getLogger(__name__)

REPEAT = timedelta(minutes=30)
"""A second view of the same visitor within this time of a counted one is not counted."""
CLOSED = timedelta(hours=2)
"""After this nobody writes to an hour's file any more."""
BATCH = 64 * 1024
"""Bytes of a spool counted in one transaction, so that no writer waits long."""

_LINE = re.compile(rf"({PATTERN}) ([0-9]{{1,11}}) ([0-9a-f]{{32}})")
# Cubot makes telephones.
_ROBOTS = re.compile(
    r"(?<!cu)bot\b|bot[_-]|crawl|spider|slurp|archiver|scraper|preview|facebookexternalhit|whatsapp|headless|lighthouse|"
    r"monitor|uptime|^curl|^wget|python|^java|^go-http|^ruby|^okhttp|libwww|httpclient|feedfetcher",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class View:
    """One line of the spool."""

    document: str
    seen_at: datetime
    visitor: str


def record(method: str | None, document: Document, address: str, agent: str) -> None:
    """Note that a page was looked at, at the cost of one small append. HEAD and robots leave no trace."""
    if method != "GET" or not agent or _ROBOTS.search(agent):
        return
    now = int(time.time())
    line = f"{document.pk} {now} {_visitor(address, agent)}\n".encode()
    try:
        _append(_file(datetime.fromtimestamp(now, UTC)), line)
    except OSError as error:  # a full disk keeps nobody from reading
        log.warning("a page view was not counted: %s", error.strerror)


def fold() -> int:
    """Count what the spools hold beyond what was counted before; give the number of views. Several may run at once."""
    counted = 0
    for path in sorted(_folder().glob("*.views")):
        ViewSpool.objects.get_or_create(name=path.name)
        while (batch := _fold_batch(path)) is not None:
            counted += batch
    _remove_closed()
    return counted


def forget_visitors() -> None:
    """Delete the traces of visitors that no longer keep a view from being counted."""
    RecentView.objects.filter(seen_at__lt=timezone.now() - REPEAT).delete()


def _folder() -> Path:
    folder: Path = settings.DATA / "views"
    return folder


def _file(moment: datetime) -> Path:
    return _folder() / f"{moment:%Y%m%d%H}.views"


def _append(path: Path, line: bytes) -> None:
    """One write of one short line: appends of several processes do not mix."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    try:
        fd = os.open(path, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        fd = os.open(path, flags, 0o600)
    try:
        os.write(fd, line)
    finally:
        os.close(fd)


def _visitor(address: str, agent: str) -> str:
    key = hashlib.sha256(f"visitors {settings.SECRET_KEY}".encode()).digest()
    return hashlib.blake2b(f"{address} {agent}".encode(errors="replace"), key=key, digest_size=16).hexdigest()


def _fold_batch(path: Path) -> int | None:
    """Count the next batch of a spool and give the number of views; None when no whole line is left."""
    with transaction.atomic():
        spool = ViewSpool.objects.select_for_update().filter(name=path.name).first()
        if spool is None:
            return None
        data = _whole_lines(path, spool.offset)
        if not data:
            return None
        counted = _count(_parsed(data))
        ViewSpool.objects.filter(pk=spool.pk).update(offset=spool.offset + len(data))
    return counted


def _whole_lines(path: Path, offset: int) -> bytes:
    """The next batch from the offset on, up to its last line end; b"" when there is none, or no file."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read(BATCH)
    except FileNotFoundError:
        return b""
    return data[: data.rfind(b"\n") + 1]


def _parsed(data: bytes) -> list[View]:
    """The views of some lines; a line that a power cut has torn is left out."""
    matches = (_LINE.fullmatch(line) for line in data.decode(errors="replace").splitlines())
    return [View(found[1], datetime.fromtimestamp(int(found[2]), UTC), found[3]) for found in matches if found]


def _count(views: list[View]) -> int:
    """Add the views to their documents, repeats left out; give the number that was added."""
    existing = set(Document.objects.filter(pk__in={view.document for view in views}).values_list("pk", flat=True))
    visitors = {view.visitor for view in views}
    recent = RecentView.objects.filter(document_id__in=existing, visitor__in=visitors)
    last = {(each.document_id, each.visitor): each.seen_at for each in recent}
    added: Counter[str] = Counter()
    for view in views:
        before = last.get((view.document, view.visitor))
        if view.document in existing and (before is None or view.seen_at - before >= REPEAT):
            last[view.document, view.visitor] = view.seen_at
            added[view.document] += 1
    for document, number in added.items():
        Document.objects.filter(pk=document).update(view_count=F("view_count") + number)
    RecentView.objects.bulk_create(
        [RecentView(document_id=document, visitor=visitor, seen_at=seen) for (document, visitor), seen in last.items()],
        update_conflicts=True,
        unique_fields=["document", "visitor"],
        update_fields=["seen_at"],
    )
    return added.total()


def _remove_closed() -> None:
    """Remove the spools of hours long over that are counted to their end; a last line without an end is lost."""
    newest_closed = _file(timezone.now() - CLOSED).name
    for spool in ViewSpool.objects.filter(name__lt=newest_closed):
        path = _folder() / spool.name
        if not _whole_lines(path, spool.offset):
            path.unlink(missing_ok=True)
            spool.delete()
