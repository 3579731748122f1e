"""What crawlers are told to visit: the public documents in parts, each with the documents last changed in one month.

A change moves a document into the newest part, so a crawler that reads the dates fetches little again. A month with
more than PART documents is cut at cursors. A part costs the same however many documents there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import CharField, Count, Max, Q
from django.db.models.functions import Cast, Substr

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents.models import Document, DocumentQuerySet, Privacy
from pliego.errors import NotFound

PART = 5000
"""Documents in a part; the protocol allows 50,000."""
_SHOWN = (
    *("pk", "changed_at", "own_title", "original_name", "unlocked"),
    *("file__needs_password", "file__facts_json", "file__guessed_title"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of change; it stands right after the document that it names."""

    moment: datetime
    identifier: str = ""

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}~{self.identifier}"


@dataclass(frozen=True, slots=True)
class Part:
    """Documents of one month (``2026-11``) that come after a place; ``after`` is None in its first part."""

    month: str
    after: Place | None
    changed_at: datetime
    """When the last of them changed."""


def parts() -> Iterator[Part]:
    """Every part, the oldest first. What cannot be read is counted too, so that its file is not looked at."""
    public = Document.objects.visible_to(ANONYMOUS).filter(privacy=Privacy.PUBLIC)
    months = public.values(month=Substr(Cast("changed_at", CharField()), 1, len("2026-11")))
    for found in months.annotate(count=Count("pk"), last=Max("changed_at")).order_by("month"):
        if found["count"] > PART:
            yield from _cut(public, found["month"], found["last"])
        else:
            yield Part(found["month"], None, found["last"])


def _cut(public: DocumentQuerySet, month: str, last: datetime) -> Iterator[Part]:
    """The parts of a large month, whose last change was at ``last``."""
    start, end = _bounds(month)
    inside = public.filter(changed_at__gte=start, changed_at__lt=end).order_by("changed_at", "pk")
    place: Place | None = None
    while cuts := list(_beyond(inside, place).values_list("changed_at", "pk")[PART - 1 : PART]):
        before, place = place, Place(*cuts[0])
        yield Part(month, before, place.moment)
    if _beyond(inside, place).exists():
        yield Part(month, place, last)


def documents(month: str, after: str) -> list[Document]:
    """The documents of a part with what their addresses are made of; raise NotFound for a part that is not there."""
    try:
        start, end = _bounds(month)
        place = _parsed(after) if after else None
    except (ValueError, OverflowError) as error:
        raise NotFound from error
    listed = Document.objects.listed_to(ANONYMOUS).filter(changed_at__gte=start, changed_at__lt=end)
    found = list(_beyond(listed, place).order_by("changed_at", "pk").with_file().only(*_SHOWN)[:PART])
    if not found:
        raise NotFound
    return found


def _bounds(month: str) -> tuple[datetime, datetime]:
    """The begin of a month and of the next one, in UTC; raise ValueError for what is none."""
    start = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    return start, start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)


def _beyond(documents: DocumentQuerySet, place: Place | None) -> DocumentQuerySet:
    """Those after a place. The first condition says nothing more, but an index can begin there."""
    if place is None:
        return documents
    later = Q(changed_at__gt=place.moment) | Q(changed_at=place.moment, pk__gt=place.identifier)
    return documents.filter(later, changed_at__gte=place.moment)


def _parsed(cursor: str) -> Place:
    moment, _, identifier = cursor.partition("~")
    return Place(datetime.fromisoformat(moment).astimezone(UTC), identifier)
