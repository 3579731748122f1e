"""What is looked at: a request appends one line to a spool; the worker folds the lines into counts and statistics.

There is a spool file for each hour (UTC). A batch of lines is counted in one transaction that also saves how far the
file has been read, so a stop at any point neither loses nor repeats a line. A file goes when its hour is long over and
all of it is counted: the file first, then its row, because a row without a file is harmless.

A visitor is known for half an hour, as a keyed hash of address and program; the address itself is never written down.
Of where somebody comes from, only the host is, or the words of our own search.
"""

import hashlib
import logging
import os
import re
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pliego.documents import statistics
from pliego.documents.choices import Counted
from pliego.documents.identifiers import PATTERN
from pliego.documents.models import Document, RecentView, ViewSpool
from pliego.documents.statistics import Key

log = logging.getLogger(__name__)

REPEAT = timedelta(minutes=30)
"""A second view of the same visitor within this time of a counted one is not counted."""
CLOSED = timedelta(hours=2)
"""After this nobody writes to an hour's file any more."""
BATCH = 64 * 1024
"""Bytes of a spool counted in one transaction, so that no writer waits long."""

_WHAT = r" (view|download|page=[0-9]{1,6})(?: (host|words)=(\S{1,1200}))?"
_LINE = re.compile(rf"({PATTERN}) ([0-9]{{1,11}}) ([0-9a-f]{{32}})(?:{_WHAT})?")
# Cubot makes telephones.
_ROBOTS = re.compile(
    r"(?<!cu)bot\b|bot[_-]|crawl|spider|slurp|archiver|scraper|preview|facebookexternalhit|whatsapp|headless|lighthouse|"
    r"monitor|uptime|^curl|^wget|python|^java|^go-http|^ruby|^okhttp|libwww|httpclient|feedfetcher",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request as far as counting goes: who asks, and from where (a host, or the words of our search; or nothing)."""

    method: str | None
    address: str
    agent: str
    source: Counted | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One line of the spool. ``page`` is the number of a page that was opened, "" unless it counts pages."""

    document: str
    seen_at: datetime
    visitor: str
    what: Counted
    page: str = ""
    source: str = ""
    value: str = ""


def record(visit: Visit, document: Document, what: Counted = Counted.VIEW, page: int = 0) -> None:
    """Note that a document was looked at, at the cost of one small append. HEAD and robots leave no trace."""
    if visit.method != "GET" or not visit.agent or _ROBOTS.search(visit.agent):
        return
    now = int(time.time())
    named = f"page={page}" if what is Counted.PAGE else what.value
    line = f"{document.pk} {now} {_visitor(visit, named)} {named}"
    if visit.source:
        line += f" {visit.source}={quote(visit.value[:100], safe='')}"
    try:
        _append(_file(datetime.fromtimestamp(now, UTC)), f"{line}\n".encode())
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
    """Delete the traces of visitors that keep no view from being counted, or would by a clock that was fast."""
    now = timezone.now()
    RecentView.objects.exclude(seen_at__range=(now - REPEAT, now)).delete()


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


@lru_cache(maxsize=1)
def _key(secret: str) -> bytes:
    return hashlib.sha256(f"visitors {secret}".encode()).digest()


def _visitor(visit: Visit, named: str) -> str:
    """The visitor, one for each thing that is counted: a download after a view is no repeat."""
    known = f"{visit.address} {visit.agent} {named}".encode(errors="replace")
    return hashlib.blake2b(known, key=_key(settings.SECRET_KEY), digest_size=16).hexdigest()


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
    return [_view(found) for found in matches if found]


def _view(found: re.Match[str]) -> View:
    what, _, page = (found[4] or "view").partition("=")
    moment = datetime.fromtimestamp(int(found[2]), UTC)
    return View(found[1], moment, found[3], Counted(what), page, found[5] or "", unquote(found[6] or "")[:100])


def _count(views: list[View]) -> int:
    """Add what is no repeat to its documents and to the statistics; give the number of page views among it."""
    fresh = _without_repeats(views)
    added = Counter(view.document for view in fresh if view.what is Counted.VIEW)
    for number in set(added.values()):  # few: most documents are looked at once between two folds
        seen = [document for document, views in added.items() if views == number]
        Document.objects.filter(pk__in=seen).update(view_count=F("view_count") + number)
    statistics.add(Counter(key for view in fresh for key in _keys(view)))
    return added.total()


def _without_repeats(views: list[View]) -> list[View]:
    """The views of documents that are there, those left out whose visitor was counted less than half an hour ago."""
    existing = set(Document.objects.filter(pk__in={view.document for view in views}).values_list("pk", flat=True))
    visitors = {view.visitor for view in views}
    recent = RecentView.objects.filter(document_id__in=existing, visitor__in=visitors)
    last = {(each.document_id, each.visitor): each.seen_at for each in recent}
    fresh = []
    for view in views:
        before = last.get((view.document, view.visitor))
        if view.document in existing and (before is None or view.seen_at - before >= REPEAT):
            last[view.document, view.visitor] = view.seen_at
            fresh.append(view)
    RecentView.objects.bulk_create(
        [RecentView(document_id=document, visitor=visitor, seen_at=seen) for (document, visitor), seen in last.items()],
        update_conflicts=True,
        unique_fields=["document", "visitor"],
        update_fields=["seen_at"],
    )
    return fresh


def _keys(view: View) -> list[Key]:
    """What a view adds one to: itself, and where it came from."""
    day = timezone.localdate(view.seen_at)
    keys = [Key(view.document, day, view.what, view.page)]
    return [*keys, Key(view.document, day, Counted(view.source), view.value)] if view.source else keys


def _remove_closed() -> None:
    """Remove the spools of hours long over that are counted to their end; a last line without an end is lost."""
    newest_closed = _file(timezone.now() - CLOSED).name
    for spool in ViewSpool.objects.filter(name__lt=newest_closed):
        path = _folder() / spool.name
        if not _whole_lines(path, spool.offset):
            path.unlink(missing_ok=True)
            spool.delete()
