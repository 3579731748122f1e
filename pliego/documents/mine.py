"""What an account holds, page by page: searched, filtered, sorted. Every read is of one account's own."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from pliego.accounts.viewer import Viewer
from pliego.documents.compiled import each
from pliego.documents.engines import index
from pliego.documents.filing import Tag
from pliego.documents.models import Document, DocumentQuerySet, Privacy, State
from pliego.documents.numbers import whole
from pliego.errors import BadRequest
from pliego.search.analysis import fold
from pliego.search.query import parse
from pliego.search.records import SearchUnavailable

PAGE_SIZE = 50
MOST_TAGS = 100
"""Tags to choose from."""


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


SORTS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "title": ("filed_title", str),
    "shared": ("created_at", _moment),
    "size": ("file__size", int),
    "pages": ("file__pages", int),
    "views": ("view_count", int),
    "privacy": ("privacy", str),
}
"""Each column with what it is sorted by, and how its value is read back from a cursor."""
STATES = {
    "ready": Q(file__finished=True) & ~Q(file__facts_state=State.FAILED),
    "reading": Q(file__finished=False),
    "failed": Q(file__facts_state=State.FAILED),
    "locked": Q(file__needs_password=True, unlocked=False),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which documents, and in which order; "" leaves a choice open. ``folder`` "0" means in none."""

    words: str = ""
    privacy: str = ""
    folder: str = ""
    tag: str = ""
    language: str = ""
    state: str = ""
    sort: str = "-shared"
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some documents, the cursor of the next page ("" at the end), and how many there are in all."""

    documents: list[Document]
    following: str
    total: int


def matching(viewer: Viewer, asked: Asked) -> DocumentQuerySet:
    """The documents that were asked for; raise BadRequest for a choice that does not exist."""
    found = Document.objects.of_account(viewer).kept()
    if asked.privacy:
        found = found.filter(privacy=_known(asked.privacy, Privacy.values, "privacy"))
    if asked.folder:
        found = found.filter(folder=whole(asked.folder, "number") or None)
    if asked.tag:
        found = found.filter(tags=whole(asked.tag, "number"))
    if asked.language:
        found = found.filter(Q(own_language=asked.language) | Q(own_language="", file__language=asked.language))
    if asked.state:
        found = found.filter(STATES[_known(asked.state, list(STATES), "state")])
    return found.filter(_with_words(viewer, asked.words)) if asked.words.strip() else found


def page(viewer: Viewer, asked: Asked) -> Page:
    """One page, at a cost that does not depend on how far in it is: two queries for the rows, two for their tags."""
    column, read = SORTS[_known(asked.sort.removeprefix("-"), list(SORTS), "sort")]
    way = "-" if asked.sort.startswith("-") else ""
    found = matching(viewer, asked)
    rows = found.select_related("file", "folder").prefetch_related("tags").order_by(f"{way}{column}", f"{way}pk")
    if asked.after:
        rows = rows.filter(_beyond(asked.after, column, read, "lt" if way else "gt"))
    shown = list(rows[: PAGE_SIZE + 1])
    last = shown[PAGE_SIZE - 1] if len(shown) > PAGE_SIZE else None
    return Page(shown[:PAGE_SIZE], _cursor(last, column) if last else "", found.count())


def tags(viewer: Viewer) -> list[Tag]:
    """The tags that are on most documents, by name, each with its ``count``."""
    kept = Count("documents", filter=Q(documents__trashed_at=None))
    owned: QuerySet[Tag] = Tag.objects.filter(owner=viewer.person) if viewer.person else Tag.objects.none()
    most = owned.annotate(count=kept).order_by("-count", "folded")[:MOST_TAGS]
    return sorted(most, key=lambda tag: tag.folded)


def languages(viewer: Viewer) -> list[str]:
    """The languages of the documents of an account, as codes."""
    pairs = Document.objects.of_account(viewer).kept().values_list("own_language", "file__language").distinct()
    return sorted({own or read for own, read in pairs if own or read})


def _with_words(viewer: Viewer, words: str) -> Q:
    titled = Q()
    for word in fold(words[:200].replace("\0", " ")).split():
        titled &= Q(filed_title__contains=word) | Q(original_name__icontains=word)
    own = Document.objects.of_account(viewer).kept().values_list("pk", flat=True)
    try:
        found = index().among(parse(words[:400]), list(own))
    except SearchUnavailable:
        return titled
    return titled | Q(pk__in=each(json.dumps(found)))


def _known(word: str, words: Sequence[str], what: str) -> str:
    if word not in words:
        raise BadRequest(what=what)
    return word


def _cursor(document: Document, column: str) -> str:
    value: Any = document
    for name in column.split("__"):
        value = getattr(value, name)
    return f"{document.pk}~{value.isoformat() if isinstance(value, datetime) else value}"


def _beyond(cursor: str, column: str, read: Callable[[str], Any], side: str) -> Q:
    key, _, text = cursor.partition("~")
    try:
        value = read(text)
    except (ValueError, OverflowError) as error:
        raise BadRequest(what="after") from error
    if "\0" in cursor or (isinstance(value, int) and abs(value) >= 1 << 63):
        raise BadRequest(what="after")
    return Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"pk__{side}": key})
