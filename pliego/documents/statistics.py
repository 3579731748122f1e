"""What the owner of a document is told about its readers: numbers by day, and nothing about one person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Sum
from django.utils import timezone

from pliego.documents.models import Counted, Document, Tally

KEPT = timedelta(days=400)
"""Older numbers are deleted."""
MOST_VALUES = 200
"""Hosts, and searches, of one document and day; what comes beyond is counted under "": nobody may fill the disk."""
_LIMITED = {Counted.HOST, Counted.WORDS}


class Key(NamedTuple):
    """What one number counts."""

    document: str
    day: date
    kind: Counted
    value: str


@dataclass(frozen=True, slots=True)
class Day:
    """The views and downloads of one day, or of the days from it on."""

    day: date
    views: int
    downloads: int


def add(counted: Counter[Key]) -> None:
    """Add to the numbers; within the write transaction of a fold (see views_count)."""
    tallies = Tally.objects.filter(
        document_id__in={key.document for key in counted}, day__in={key.day for key in counted}
    )
    known = {Key(each.document_id, each.day, Counted(each.kind), each.value): each.number for each in tallies}
    room = Counter(key[:3] for key in known)
    sums: Counter[Key] = Counter()
    for key, number in counted.items():
        kept = key
        if key.kind in _LIMITED and key not in known and key not in sums:
            room[key[:3]] += 1
            kept = key if room[key[:3]] <= MOST_VALUES else key._replace(value="")
        sums[kept] += number
    Tally.objects.bulk_create(
        [
            Tally(document_id=document, day=day, kind=kind, value=value, number=known.get(key, 0) + more)
            for key, more in sums.items()
            for document, day, kind, value in [key]
        ],
        update_conflicts=True,
        unique_fields=["document", "kind", "day", "value"],
        update_fields=["number"],
    )


def daily(document: Document, days: int) -> list[Day]:
    """The last days, today included, oldest first; days on which nothing happened too."""
    first = timezone.localdate() - timedelta(days=days - 1)
    kinds = (Counted.VIEW, Counted.DOWNLOAD)
    rows = document.tallies.filter(kind__in=kinds, day__gte=first).values_list("day", "kind", "number")
    numbers = {(day, kind): number for day, kind, number in rows}
    moments = [first + timedelta(days=step) for step in range(days)]
    return [Day(day, *(numbers.get((day, kind), 0) for kind in kinds)) for day in moments]


def most(document: Document, kind: Counted, days: int, count: int) -> list[tuple[str, int]]:
    """The values of a kind that were counted most in the last days, each with its number."""
    first = timezone.localdate() - timedelta(days=days - 1)
    summed = document.tallies.filter(kind=kind, day__gte=first).values("value").annotate(total=Sum("number"))
    return [(row["value"], row["total"]) for row in summed.order_by("-total", "value")[:count]]


def everything(document: Document) -> Iterator[Tally]:
    """All numbers of a document, day by day."""
    return document.tallies.order_by("day", "kind", "value").iterator()


def forget_old() -> None:
    """Delete the numbers of long ago."""
    Tally.objects.filter(day__lt=timezone.localdate() - KEPT).delete()
