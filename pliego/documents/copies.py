"""Near copies and other editions: candidates come from the search index, the texts themselves confirm them."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

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
    found = [(other, likeness(own, shingles_of(other))) for other in candidates]
    near = [other for other, like in found if like.near_copy or like.edition]
    pairs = [(file, other) for other in near] + [(other, file) for other in near]
    with transaction.atomic():
        NearCopy.objects.bulk_create((NearCopy(file=one, other=other) for one, other in pairs), ignore_conflicts=True)
        group([file, *(other for other, like in found if like.near_copy)])
    return len(near)


def group(files: Sequence[File]) -> None:
    """Let files that are near copies stand together, with all that stand together with any of them already.

    Editions do not: a volume of collected works holds much of texts that have nothing to do with each other.
    """
    if len(files) < 2:
        return
    keys = [file.pk for file in files]
    known = set(File.objects.filter(pk__in=keys).exclude(near_group="").values_list("near_group", flat=True))
    together = File.objects.filter(Q(pk__in=keys) | Q(near_group__in=known))
    together.update(near_group=min(known, default=min(keys)))


def _candidates(file: File) -> list[File]:
    """Other files with a like fingerprint that are not noted yet."""
    keys = index().near(bytes(file.signature), limit=CANDIDATES)
    known = file.near_copies.values("other")
    files = File.objects.filter(documents__in=keys).exclude(pk=file.pk).exclude(pk__in=known).distinct()
    return [other for other in files if similarity(bytes(file.signature), bytes(other.signature)) >= LOOSE]
