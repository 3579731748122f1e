"""What stands beside a document: others about the same subject, the same file shared again, other editions.

Who is near is asked of the search index and remembered for a while; who may be shown is asked of the database each
time.
"""

import hashlib
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Q

from pliego.accounts.viewer import Viewer
from pliego.documents.engines import index
from pliego.documents.models import Document, DocumentQuerySet
from pliego.documents.searching import allowed_to
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
    """What may be shown beside a document."""

    related: list[Related] = field(default_factory=list)
    copies: list[Document] = field(default_factory=list)
    """The same bytes."""
    editions: list[Document] = field(default_factory=list)
    """Near copies, excerpts, other editions."""

    @property
    def mark(self) -> str:
        """Changes whenever any of these would be shown in another way."""
        shown = [
            f"{one.pk} {one.revision}"
            for one in (*(related.document for related in self.related), *self.copies, *self.editions)
        ]
        return hashlib.sha256(" ".join(shown).encode()).hexdigest()[:16]


def beside(viewer: Viewer, document: Document) -> Beside:
    """Everything beside a document that this person may be shown; one query when its neighbours are remembered."""
    shared = dict(_neighbours(viewer, document))
    kin = _kin(document)
    near = Document.objects.listed_to(viewer).filter(Q(pk__in=shared) | kin).exclude(pk=document.pk).with_file()
    found = {one.pk: one for one in near.order_by("-created_at")}
    related = [Related(found.pop(key), words) for key, words in shared.items() if key in found]
    return Beside(
        related=related[:SHOWN],
        copies=[one for one in found.values() if one.file_id == document.file_id][:SHOWN],
        editions=[one for one in found.values() if one.file_id != document.file_id][:SHOWN],
    )


def _kin(document: Document) -> Q:
    """Documents with the same bytes or much the same text."""
    return Q(file=document.file_id) | Q(file__in=document.file.near_copies.values("other"))


def _neighbours(viewer: Viewer, document: Document) -> list[tuple[str, list[str]]]:
    """The nearest documents with the words they share, from memory if possible; none while there is no index."""
    key = f"neighbours-{document.pk}-{document.revision}"
    known: list[tuple[str, list[str]]] | None = cache.get(key)
    if known is None:
        try:
            known = _asked(viewer, document)
        except SearchUnavailable:
            return []
        cache.set(key, known, REMEMBERED)
    return known


def _asked(viewer: Viewer, document: Document) -> list[tuple[str, list[str]]]:
    kin: DocumentQuerySet = Document.objects.filter(_kin(document))
    unwanted = list(kin.values_list("pk", flat=True)[:UNWANTED])
    found = index().related(document.pk, unwanted=unwanted, allowed=allowed_to(viewer), limit=SHOWN + SPARE)
    return [(one.key, list(one.shared)) for one in found]
