"""What stands beside a document: others about the same subject, the same file shared again, other editions.

Who is near is asked of the search index and remembered for a while; who may be shown is asked of the database each
time.
"""

import hashlib
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import BooleanField, ExpressionWrapper, Q

from pliego.accounts.viewer import Viewer
from pliego.documents.engines import index
from pliego.documents.models import Document, DocumentQuerySet, File
from pliego.documents.narrowing import Listed
from pliego.search.records import SearchUnavailable

SHOWN = 6
SPARE = 12
"""Neighbours that are remembered beside those shown, for when some may no longer be shown."""
REMEMBERED = 600
"""Seconds."""
UNWANTED = 500


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
    shared = dict(_neighbours(viewer, document))
    near = Document.objects.listed_to(viewer).filter(Q(pk__in=shared) | _kin(document)).exclude(pk=document.pk)
    is_kin = ExpressionWrapper(_kin(document), BooleanField())
    rows = near.annotate(kin=is_kin).order_by("-created_at", "pk")
    found = list(rows.values_list("pk", "revision", "file", "file__near_group", "kin"))
    groups = {key: group or file for key, _, file, group, kin in found if not kin}
    leading: dict[str, str] = {}
    for key in shared:
        if key in groups:
            leading.setdefault(groups[key], key)
    kin = [(key, file) for key, _, file, _, kin in found if kin]
    return Beside(
        related={key: shared[key] for key in list(leading.values())[:SHOWN]},
        copies=[key for key, file in kin if file == document.file_id][:SHOWN],
        editions=[key for key, file in kin if file != document.file_id][:SHOWN],
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


def _kin(document: Document) -> Q:
    """Documents with the same bytes or much the same text."""
    same = Q(file=document.file_id) | Q(file__in=document.file.near_copies.values("other"))
    group = document.file.near_group
    return same | Q(file__in=File.objects.filter(near_group=group).values("pk")) if group else same


def _neighbours(viewer: Viewer, document: Document) -> list[tuple[str, list[str]]]:
    """The nearest documents with the words they share, from memory if possible; none while there is no index."""
    key = f"neighbours-{document.pk}-{document.revision}"
    known: list[tuple[str, list[str]]] | None = caches["pages"].get(key)
    if known is None:
        try:
            known = _asked(viewer, document)
        except SearchUnavailable:
            return []
        caches["pages"].set(key, known, REMEMBERED)
    return known


def _asked(viewer: Viewer, document: Document) -> list[tuple[str, list[str]]]:
    kin: DocumentQuerySet = Document.objects.filter(_kin(document))
    unwanted = list(kin.values_list("pk", flat=True)[:UNWANTED])
    found = index().related(document.pk, unwanted=unwanted, allowed=Listed(viewer), limit=SHOWN + SPARE)
    return [(one.key, list(one.shared)) for one in found]
