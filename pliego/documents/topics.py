"""Ways in without a query: every author, keyword, language and year, with the documents listed under it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Min

from pliego.accounts.viewer import Viewer
from pliego.documents.models import Document, DocumentQuerySet, Kind, Topic
from pliego.documents.people import names
from pliego.search.analysis import fold

LENGTH = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic and how many documents are listed under it."""

    text: str
    count: int


def file_under(document: Document) -> None:
    """List a document under what is known of it now, and nothing else."""
    found = {(kind, _folded(text)): text for kind, text in _topics(document)}
    rows = [
        Topic(document=document, kind=kind, folded=folded, text=text)
        for (kind, folded), text in found.items()
        if folded
    ]
    document.topics.all().delete()
    Topic.objects.bulk_create(rows)


def _topics(document: Document) -> Iterator[tuple[Kind, str]]:
    for name in names(document.author, document.language):
        yield Kind.AUTHOR, _tidy(name.direct)
    for phrase in (*document.own_keywords, *document.key_phrases):
        yield Kind.KEYWORD, _tidy(phrase)
    yield Kind.LANGUAGE, document.language
    yield Kind.YEAR, str(document.year or "")


def _tidy(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:LENGTH]


def _folded(text: str) -> str:
    return fold(_tidy(text))[:LENGTH]


def entries(viewer: Viewer, kind: Kind, most: int) -> list[Entry]:
    """The topics with the most documents that this person may be shown, the largest first."""
    counted = (
        Topic.objects.filter(kind=kind, document__in=_listed(viewer))
        .values("folded")
        .annotate(count=Count("id"), shown=Min("text"))
        .order_by("-count", "folded")
    )
    return [Entry(row["shown"], row["count"]) for row in counted[:most]]


def entry(viewer: Viewer, kind: Kind, text: str) -> Entry | None:
    """One topic; None when nothing is listed under it."""
    found = Topic.objects.filter(kind=kind, folded=_folded(text), document__in=_listed(viewer))
    counted = found.aggregate(count=Count("id"), shown=Min("text"))
    return Entry(counted["shown"], counted["count"]) if counted["count"] else None


def documents_under(viewer: Viewer, kind: Kind, text: str) -> DocumentQuerySet:
    """The documents listed under a topic, in no order."""
    return _listed(viewer).filter(topics__kind=kind, topics__folded=_folded(text))


def _listed(viewer: Viewer) -> DocumentQuerySet:
    """What may be listed, but for what has changed since it was filed."""
    return Document.objects.listed_to(viewer).indexed()
