"""Ways in without a query: every author, keyword, language and year, with the documents listed under it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, product

from django.db.models import Aggregate, Count, F, Min, Q, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber

from pliego.accounts.viewer import Viewer
from pliego.documents.models import Document, DocumentQuerySet, Kind, Topic
from pliego.documents.people import names
from pliego.search.analysis import fold

LENGTH = 100
SHORT = 3
"""Letters; a word of no more is no plural."""
MANY = 4
"""Words; of a subject with more no other forms are known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic and how many documents are listed under it."""

    text: str
    count: int


_kept: dict[tuple[Viewer, int], tuple[str, dict[Kind, list[Entry]]]] = {}
"""The last answer of `largest`, and the state it is of."""


def file_under(document: Document) -> None:
    """List a document under what is known of it now, and nothing else."""
    found = {(kind, _folded(text)): text for kind, text in _topics(document)}
    ranks = {kind: count() for kind in Kind}
    rows = [
        Topic(document=document, kind=kind, folded=folded, text=text, rank=next(ranks[kind]))
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


def largest(viewer: Viewer, most: int) -> dict[Kind, list[Entry]]:
    """Up to so many topics of each kind with the most documents that this person may be shown, the largest first.

    Of those with as many, what says most about a document comes first. They are counted anew whenever what may be
    shown is not the same as before: the database is asked for that each time.
    """
    state = _state(viewer)
    kept = _kept.get((viewer, most))
    if kept and kept[0] == state:
        return kept[1]
    found = _counted(viewer, most)
    if _state(viewer) == state:  # else it is not known of which state this is
        _kept.clear()
        _kept[viewer, most] = state, found
    return found


def _state(viewer: Viewer) -> str:
    """A digest of all documents that are listed, each with its revision, which says under what it is listed."""
    each = Concat("pk", Value(" "), Cast("revision", TextField()), output_field=TextField())
    together = _listed(viewer).aggregate(together=Aggregate(each, function="GROUP_CONCAT"))["together"]
    return hashlib.sha256((together or "").encode()).hexdigest()


def _counted(viewer: Viewer, most: int) -> dict[Kind, list[Entry]]:
    """One question for all kinds: what may be shown takes longer to find out than what it is about."""
    order = [F("count").desc(), F("best").asc(), F("folded").asc()]
    counted = (
        Topic.objects.alias(held=Coalesce("document_id", Value("")))  # no column, so that an index gives all in order
        .filter(held__in=_listed(viewer).values("pk"))
        .values("kind", "folded")
        .annotate(count=Count("id"), best=Min("rank"), shown=Min("text"))
        .annotate(place=Window(RowNumber(), partition_by=[F("kind")], order_by=order))
        .filter(place__lte=2 * most)  # of subjects two may be one
        .order_by("place")
    )
    found: dict[Kind, list[tuple[str, Entry]]] = {kind: [] for kind in Kind}
    for row in counted:
        found[Kind(row["kind"])].append((row["folded"], Entry(row["shown"], row["count"])))
    together = {kind: [entry for _, entry in entries] for kind, entries in found.items()}
    together[Kind.KEYWORD] = _in_one_form(found[Kind.KEYWORD])
    return {kind: entries[:most] for kind, entries in together.items()}


def _in_one_form(subjects: Iterable[tuple[str, Entry]]) -> list[Entry]:
    """Subjects, each with its folded text, those in the singular and in the plural as one; the largest first."""
    found: dict[frozenset[str], Entry] = {}
    for folded, entry in subjects:
        forms = _forms(folded)
        same = next((other for other in found if other & forms), forms)
        before = found.get(same)
        found[same] = Entry(before.text, before.count + entry.count) if before else entry
    return sorted(found.values(), key=lambda entry: -entry.count)


def entry(viewer: Viewer, kind: Kind, text: str) -> Entry | None:
    """One topic; None when nothing is listed under it."""
    found = _rows(kind, text).filter(_listed(viewer).named_in("document"))
    counted = found.aggregate(
        count=Count("document", distinct=True), shown=Min("text", filter=Q(folded=_folded(text))), other=Min("text")
    )
    return Entry(counted["shown"] or counted["other"], counted["count"]) if counted["count"] else None


def documents_under(viewer: Viewer, kind: Kind, text: str) -> DocumentQuerySet:
    """The documents listed under a topic, in no order."""
    return _listed(viewer).filter(pk__in=_rows(kind, text).values("document"))


def _rows(kind: Kind, text: str) -> QuerySet[Topic]:
    """The entries of one topic, of a subject in all its forms."""
    rows, folded = Topic.objects.filter(kind=kind), _folded(text)
    if kind != Kind.KEYWORD or not folded:
        return rows.filter(folded=folded)
    forms = _forms(folded)
    beginning = min((form.partition(" ")[0] for form in forms), key=len)
    near = rows.filter(folded__startswith=beginning).values_list("folded", flat=True).distinct()
    return rows.filter(folded__in=[folded, *(other for other in near if forms & _forms(other))])


@lru_cache(maxsize=1_000)
def _forms(folded: str) -> frozenset[str]:
    """A folded subject, and what it may be in the singular; two that have one of these in common are the same.

    Endings that tell more apart, as those of the Spanish "puerto" and "puerta", stay.
    """
    words = folded.split()
    if len(words) > MANY:
        return frozenset({folded})
    return frozenset(map(" ".join, product(*map(_singulars, words))))


def _singulars(word: str) -> set[str]:
    plural = len(word) > SHORT and word.endswith("s") and not word.endswith("ss")
    return {word, *([word[:-1]] if plural else []), *([word[:-2]] if plural and word.endswith("es") else [])}


def _listed(viewer: Viewer) -> DocumentQuerySet:
    """What may be listed, but for what has changed since it was filed."""
    return Document.objects.listed_to(viewer).indexed()
