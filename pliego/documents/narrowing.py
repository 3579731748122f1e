"""What may be found, and by what it can be narrowed down."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models.fields.json import KeyTextTransform

from pliego.accounts.viewer import Viewer
from pliego.documents.compiled import Asked, ByKeys, blank, each
from pliego.documents.models import Document
from pliego.search.query import Bounds

LENGTHS = {"short": Bounds(1, 10), "medium": Bounds(11, 50), "long": Bounds(51, 200), "book": Bounds(201, None)}
"""Kinds of length, by pages."""
KNOWN = 50_000
"""Documents whose traits a process remembers."""

# The moment as it stands in the JSON: to decode it for each of two thousand rows takes longer than the question.
_CREATED = KeyTextTransform("created", "file__facts_json")
_COLUMNS = ("own_language", "file__language", "given_date", _CREATED, "file__pages", "file__needs_password")


class Traits(NamedTuple):
    """What a document can be chosen by; "" and 0 where that is not known."""

    language: str
    year: int
    length: str


_known: dict[str, tuple[int, Traits]] = {}
"""The traits of documents, and the revision that has them: all that decides who may see what is asked each time."""


@lru_cache(maxsize=16)
def _asked(viewer: Viewer) -> Asked:
    """Which of some documents may be found: every search asks it."""
    found = Document.objects.findable_by(viewer).indexed().filter(pk__in=each(blank("keys")))
    return Asked(lambda: found.values_list("pk", "revision", "file", "file__near_group"))


@lru_cache(maxsize=16)
def rows_findable_by(viewer: Viewer) -> ByKeys[Document]:
    """Documents that may be found, with their files, by their keys."""
    return ByKeys(lambda: Document.objects.findable_by(viewer).with_file())


_LEADING = Asked(
    lambda: (
        Document.objects.filter(pk__in=each(blank("keys")))
        .order_by("file__ocr_pages", "created_at", "pk")
        .values_list("pk")[:1]
    )
)
"""The one to show of some: a page of results asks it for each group of copies."""


class Findable:
    """What one person may find, but for what has changed since the index was told of it."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._revisions: dict[str, int] = {}
        self._groups: dict[str, str] = {}

    def __call__(self, keys: Sequence[str]) -> Collection[str]:
        """Those of the keys that may be found now; see search/records.Allowed."""
        rows = _asked(self._viewer).rows(keys=json.dumps(list(keys)))
        found = {key: (revision, group or file) for key, revision, file, group in rows}
        self._revisions.update((key, revision) for key, (revision, _) in found.items())
        self._groups.update((key, group) for key, (_, group) in found.items())
        return found.keys()

    def group(self, key: str) -> str:
        """What the same text has in common, in the same file or in near copies of it."""
        return self._groups[key]

    def lead(self, keys: Sequence[str]) -> str:
        """The one of some with the same text to show: that with the fewest recognised pages, then the first shared.

        Recognised words are full of errors. Give the best match where none is left.
        """
        found = _LEADING.rows(keys=json.dumps(list(keys)))
        return str(found[0][0]) if found else keys[0]

    def choices(self, keys: Iterable[str]) -> dict[str, Any]:
        """For some of these that were found: languages, years and lengths, each with its number of groups."""
        found = _traits({key: self._revisions[key] for key in keys})
        together = {(self._groups[key], traits) for key, traits in found}
        languages = Counter(language for _, language in {(group, traits.language) for group, traits in together})
        years = Counter(year for _, year in {(group, traits.year) for group, traits in together})
        lengths = Counter(length for _, length in {(group, traits.length) for group, traits in together})
        return {
            "languages": [(code, count) for code, count in sorted(languages.items(), key=_most_first) if code],
            "years": [(year, count) for year, count in sorted(years.items(), reverse=True) if year],
            "lengths": [(kind, lengths[kind]) for kind in LENGTHS if lengths[kind]],
        }


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    code, count = counted
    return -count, code


def _traits(revisions: Mapping[str, int]) -> Iterator[tuple[str, Traits]]:
    """The traits of documents at these revisions, from memory as far as possible; none of one that is gone by now."""
    fresh = [key for key, revision in revisions.items() if _known.get(key, (0,))[0] != revision]
    if len(_known) + len(fresh) > KNOWN:
        _known.clear()
        fresh = list(revisions)
    rows = (
        Document.objects.filter(pk__in=each(json.dumps(fresh))).values_list("pk", "revision", *_COLUMNS)
        if fresh
        else ()
    )
    _known.update((key, (revision, _traits_of(*row))) for key, revision, *row in rows)
    return ((key, _known[key][1]) for key in revisions if key in _known)


def _traits_of(own: str, told: str, given: Any, created: str | None, pages: int, closed: bool) -> Traits:
    year = str(created or "")[:4]
    read = int(year) if year.isdecimal() and not closed else 0
    return Traits(own or ("" if closed else told), given.year if given else read, _length(0 if closed else pages))


def _length(pages: int) -> str:
    return next((kind for kind, bounds in LENGTHS.items() if bounds.hold(pages)), "")
