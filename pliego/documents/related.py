"""What stands beside a document: others about the same subject, the same file shared again, other editions.

Who is near is asked of the search index and remembered for a while; who may be shown is asked of the database each
time.
"""

import hashlib
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents.compiled import Asked, blank
from pliego.documents.engines import index
from pliego.documents.models import Document, DocumentQuerySet, File, NearCopy
from pliego.documents.narrowing import Findable
from pliego.search.records import SearchUnavailable

SHOWN = 6
SPARE = 12
"""Neighbours that are remembered beside those shown, for when some may no longer be shown."""
REMEMBERED = 600
"""Seconds."""
UNWANTED = 500
_NO_GROUP = "-"
"""No file is in it."""


@dataclass(frozen=True, slots=True)
class Related:
    """A document about the same subject, and the words that both share, best first."""

    document: Document
    shared: list[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """Which documents may be shown beside one, by their identifiers: enough to tell whether a page is still right."""

    related: dict[str, list[str]]
    """The words that each shares with it."""
    copies: list[str]
    """The same bytes."""
    editions: list[str]
    """Near copies, excerpts, other editions."""
    mark: str
    """Changes whenever any of these would be shown in another way."""


NOTHING = Beside({}, [], [], "")


@dataclass(frozen=True, slots=True)
class Shown:
    """The same as documents."""

    related: list[Related]
    copies: list[Document]
    editions: list[Document]


def beside(viewer: Viewer, document: Document) -> Beside:
    """What may be shown beside a document to this person; one light query when its neighbours are remembered."""
    shared = dict(_neighbours(document))
    words = {"document": document.pk, "file": document.file_id, "group": document.file.near_group or _NO_GROUP}
    keys = dict(zip(_PLACES, [*shared, *[""] * len(_PLACES)], strict=False))
    if viewer == ANONYMOUS:
        found = _OPEN.rows(**words, **keys)
    else:
        found = [list(row) for row in _near(viewer, keys=list(shared), **words)]
    groups = {key: group or file for key, _, file, group, kin in found if not kin}
    leading: dict[str, str] = {}
    for key in shared:
        if key in groups:
            leading.setdefault(groups[key], key)
    kin = [(key, file) for key, _, file, _, kin in found if kin]
    return Beside(
        related={key: shared[key] for key in list(leading.values())[:SHOWN]},
        copies=[key for key, file in kin if file == document.file_id][:SHOWN],
        editions=[] if document.locked else [key for key, file in kin if file != document.file_id][:SHOWN],
        mark=hashlib.sha256(repr(found).encode()).hexdigest()[:16],
    )


def shown(viewer: Viewer, near: Beside) -> Shown:
    """The documents themselves, those left out that may no longer be shown."""
    keys = [*near.related, *near.copies, *near.editions]
    found = Document.objects.listed_to(viewer).with_file().in_bulk(keys)
    return Shown(
        related=[Related(found[key], words) for key, words in near.related.items() if key in found],
        copies=[found[key] for key in near.copies if key in found],
        editions=[found[key] for key in near.editions if key in found],
    )


def _kin(file: str, group: str) -> Q:
    """Documents with the same bytes or much the same text."""
    copies, edition = NearCopy.objects.filter(file=file), File.objects.filter(near_group=group)
    return Q(file=file) | Q(file__in=copies.values("other")) | Q(file__in=edition.values("pk"))


def _near(
    viewer: Viewer, document: str, file: str, group: str, keys: list[str]
) -> "QuerySet[Document, tuple[str, int, str, str, bool]]":
    kin = _kin(file, group)
    told = Q(file=file) | Q(unlocked=True) | Q(file__needs_password=False)  # the password of one opens no other
    # Which these are is asked by itself: few, looked up one by one, before what may be listed is asked of each.
    beside = Document.objects.filter(Q(pk__in=keys) | kin)
    near = Document.objects.listed_to(viewer).filter(Q(pk__in=keys) | told, pk__in=beside.values("pk"))
    near = near.exclude(pk=document)
    rows = near.annotate(kin=ExpressionWrapper(kin, BooleanField())).order_by("-created_at", "pk")
    return rows.values_list("pk", "revision", "file", "file__near_group", "kin")


_PLACES = [f"key{number}" for number in range(SHOWN + SPARE)]
_OPEN = Asked(lambda: _near(ANONYMOUS, blank("document"), blank("file"), blank("group"), [*map(blank, _PLACES)]))
"""What nearly everybody asks: somebody whom the site does not know."""


def _neighbours(document: Document) -> list[tuple[str, list[str]]]:
    """The nearest public documents with the words they share, from memory if possible; none while there is no index."""
    key = f"neighbours-{document.pk}-{document.revision}"
    known: list[tuple[str, list[str]]] | None = caches["pages"].get(key)
    if known is None:
        try:
            known = _asked(document)
        except SearchUnavailable:
            return []
        caches["pages"].set(key, known, REMEMBERED)
    return known


def _asked(document: Document) -> list[tuple[str, list[str]]]:
    kin: DocumentQuerySet = Document.objects.filter(_kin(document.file_id, document.file.near_group or _NO_GROUP))
    unwanted = list(kin.values_list("pk", flat=True)[:UNWANTED])
    found = index().related(document.pk, unwanted=unwanted, allowed=Findable(ANONYMOUS), limit=SHOWN + SPARE)
    return [(one.key, list(one.shared)) for one in found]
