"""Near copies and other editions: candidates come from the search index, the texts themselves confirm them."""

from pliego.documents.engines import index
from pliego.documents.models import File, NearCopy
from pliego.documents.subjects import shingles_of
from pliego.search.duplicates import CANDIDATE, likeness, similarity

LOOSE = CANDIDATE / 2
"""Estimated similarity from which a pair is worth reading; below the usual one, for a part of a longer work."""
CANDIDATES = 20


def note(file: File) -> int:
    """Find the near copies of a file among all that is indexed, note each pair both ways and return their number."""
    candidates = _candidates(file)
    if not candidates:
        return 0
    own = shingles_of(file)
    near = [other for other in candidates if _are_near(own, other)]
    pairs = [(file, other) for other in near] + [(other, file) for other in near]
    NearCopy.objects.bulk_create((NearCopy(file=one, other=other) for one, other in pairs), ignore_conflicts=True)
    return len(near)


def _candidates(file: File) -> list[File]:
    """Other files with a like fingerprint that are not noted yet."""
    keys = index().near(bytes(file.signature), limit=CANDIDATES)
    known = file.near_copies.values("other")
    files = File.objects.filter(documents__in=keys).exclude(pk=file.pk).exclude(pk__in=known).distinct()
    return [other for other in files if similarity(bytes(file.signature), bytes(other.signature)) >= LOOSE]


def _are_near(own: set[int], other: File) -> bool:
    found = likeness(own, shingles_of(other))
    return found.near_copy or found.edition
