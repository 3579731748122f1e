"""What may be found, and by what it can be narrowed down: one question to the database for both."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models.fields.json import KeyTextTransform

from pliego.accounts.viewer import Viewer
from pliego.documents.models import Document
from pliego.search.query import Bounds

LENGTHS = {"short": Bounds(1, 10), "medium": Bounds(11, 50), "long": Bounds(51, 200), "book": Bounds(201, None)}
"""Kinds of length, by pages."""

# The moment as it stands in the JSON: to decode it for each of two thousand rows takes longer than the question.
_CREATED = KeyTextTransform("created", "file__facts_json")
_COLUMNS = ("own_language", "file__language", "given_date", _CREATED, "file__pages", "file__needs_password")


class Listed:
    """What one person may find: what may be listed, but for what has changed since the index was told of it."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._rows: dict[str, tuple[Any, ...]] = {}

    def __call__(self, keys: Sequence[str]) -> Collection[str]:
        """Those of the keys that may be found now; see search/records.Allowed."""
        listed = Document.objects.listed_to(self._viewer).indexed().filter(pk__in=keys)
        rows = {key: row for key, *row in listed.values_list("pk", *_COLUMNS).iterator(chunk_size=len(keys) or 1)}
        self._rows.update(rows)
        return rows.keys()

    def choices(self, keys: Iterable[str]) -> dict[str, Any]:
        """For some of these that were found: languages, years and lengths, each with its number of documents."""
        languages: Counter[str] = Counter()
        years: Counter[int] = Counter()
        lengths: Counter[str] = Counter()
        for own, told, given, created, pages, closed in map(self._rows.__getitem__, keys):
            languages[own or ("" if closed else told)] += 1
            year = str(created or "")[:4]
            read = int(year) if year.isdecimal() and not closed else 0
            years[given.year if given else read] += 1
            lengths[_length(0 if closed else pages)] += 1
        return {
            "languages": [(code, count) for code, count in languages.most_common() if code],
            "years": [(year, count) for year, count in sorted(years.items(), reverse=True) if year],
            "lengths": [(kind, lengths[kind]) for kind in LENGTHS if lengths[kind]],
        }


def _length(pages: int) -> str:
    return next((kind for kind, bounds in LENGTHS.items() if bounds.hold(pages)), "")
