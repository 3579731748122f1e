"""Which pages are others from one version of a document to the next.

Pages are the same when they have the same size and the same words; a page without words of its own is known by its
picture. What is told is kept in the row of the earlier version, and told anew when the version after it is deleted.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Self

from pliego.documents import scans
from pliego.documents.models import Document, File, State, Version
from pliego.documents.reading import picture, reading_texts, texts_of
from pliego.errors import NotFound, ReaderBusy, ReaderStopped, UnreadablePdf

PICTURE_WIDTH = 400
MOST_PICTURES = 500
"""Pages without words of a file that are drawn for this; of a longer run of scans nothing is told."""
MOST_PAIRS = 2500
"""Pairs of pages that are weighed against each other; in a longer stretch the first goes with the first."""
ALIKE = 0.25
"""Part of their words that two pages share when one is the other, changed."""

Words = Callable[[int], "Counter[str]"]


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of pages: of the later version those that are changed and new, of the earlier those that are gone."""

    changed: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)

    def to_json(self) -> dict[str, scans.Runs]:
        """For the database and for programs: as runs of [first, last]."""
        return {name: scans.runs_of(getattr(self, name)) for name in self.__slots__}

    @classmethod
    def from_json(cls, told: dict[str, scans.Runs]) -> Self:
        """What to_json has made."""
        return cls(**{name: list(scans.pages_of(runs)) for name, runs in told.items()})


def changes_between(version: Version, number: int) -> Changes | None:
    """What the version of a number, the next after this one, does otherwise; None while or where nothing is told."""
    if not version.changes or version.changes["to"] != number:
        return None
    return Changes.from_json(version.changes["pages"])


def history(document: Document, earlier: Sequence[Version]) -> list[tuple[Document, Changes | None]]:
    """The document and these earlier versions, newest first, each with what it changed: nothing where one is locked."""
    shown = [document, *(each.pinned(document) for each in earlier)]
    changes = [
        None if after.locked or before.locked else changes_between(row, after.version)
        for row, (after, before) in zip(earlier, pairwise(shown), strict=True)
    ]
    return list(zip(shown, [*changes, None], strict=True))


def tell_untold() -> int:
    """Compare the versions whose changes are not told yet, as far as both are read; give the number."""
    told = 0
    for version in Version.objects.filter(changes__isnull=True, file__text_state__in=(State.DONE, State.PARTIAL)):
        number, following = _following(version)
        if following.finished and following.text_state in (State.DONE, State.PARTIAL):
            told += _tell(version, number, following)
    return told


def _following(version: Version) -> tuple[int, File]:
    after = Version.objects.filter(document=version.document_id, number__gt=version.number).order_by("number")
    found = after.select_related("file").first() or version.document
    return (found.number if isinstance(found, Version) else found.version), found.file


def _tell(version: Version, number: int, following: File) -> bool:
    try:
        said = compared(version.file, following)
    except (NotFound, ReaderBusy):  # deleted meanwhile; or for the next time
        return False
    changes = {"to": number, "pages": said.to_json()} if said else {}
    told = Version.objects.filter(pk=version.pk, changes__isnull=True).update(changes=changes)
    Document.objects.filter(pk=version.document_id).revised()
    return bool(told)


def compared(old: File, new: File) -> Changes | None:
    """The changes from one file to another; None where too many pages have no words."""
    before, after = _marks(old), _marks(new)
    if before is None or after is None:
        return None
    return differences(before, after, lambda page: _words(old, page), lambda page: _words(new, page))


def _marks(file: File) -> list[str] | None:
    """What tells the pages of a file apart, in order."""
    scanned = set(scans.pages_of(file.scanned))
    marks, drawn = [], 0
    for number, text in reading_texts(file, file.readable_pages):
        words = " ".join(text.split())
        if not words or number in scanned:
            drawn += 1
            if drawn > MOST_PICTURES:
                return None
            words = _picture_mark(file, number)
        width, height = file.page_size(number)
        said = f"{width:.0f} {height:.0f} {words}"
        marks.append(hashlib.sha256(said.encode(errors="replace")).hexdigest())
    return marks


def _picture_mark(file: File, number: int) -> str:
    try:
        return hashlib.sha256(picture(file, number, PICTURE_WIDTH)).hexdigest()
    except (ReaderStopped, UnreadablePdf):
        return ""


def _words(file: File, number: int) -> "Counter[str]":
    return Counter(texts_of(file, [number]).get(number, "").split())


def differences(before: Sequence[str], after: Sequence[str], old_words: Words, new_words: Words) -> Changes:
    """Compare two documents whose pages are known by marks; the words of pages from 1 on settle what is in doubt."""
    changes = Changes()
    matcher = SequenceMatcher(None, _once(before), _once(after), autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            gone, come = range(first, last), range(new_first, new_last)
            pairs = dict(_pairs(gone, come, old_words, new_words))
            come_of = set(pairs.values())
            changes.changed.extend(new + 1 for old, new in pairs.items() if before[old] != after[new])
            changes.removed.extend(old + 1 for old in gone if old not in pairs)
            changes.added.extend(new + 1 for new in come if new not in come_of)
    return changes


def _once(marks: Sequence[str]) -> list[tuple[str, int]]:
    """Every mark once, so that thousands of empty pages do not cost thousands of comparisons each."""
    seen: Counter[str] = Counter()
    numbered = []
    for mark in marks:
        numbered.append((mark, seen[mark]))
        seen[mark] += 1
    return numbered


def _pairs(gone: range, come: range, old_words: Words, new_words: Words) -> Iterator[tuple[int, int]]:
    """Which pages of a stretch became which, in order. As many as there were: each became the one in its place."""
    if len(gone) == len(come) or len(gone) * len(come) > MOST_PAIRS:
        yield from zip(gone, come, strict=False)
        return
    old, new = [old_words(page + 1) for page in gone], [new_words(page + 1) for page in come]
    row, column = 0, 0
    best = _best(old, new)
    while row < len(old) and column < len(new):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            yield gone[row], come[column]
            row, column = row + 1, column + 1


def _best(old: Sequence["Counter[str]"], new: Sequence["Counter[str]"]) -> list[list[float]]:
    """For each place in both the greatest likeness that pairs from there on add up to (as of longest sequences)."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            like = _likeness(old[row], new[column])
            paired = best[row + 1][column + 1] + like if like >= ALIKE else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    return best


def _likeness(one: "Counter[str]", other: "Counter[str]") -> float:
    """Words that two pages share, as a part of all their words, from 0 to 1."""
    every = (one | other).total()
    return (one & other).total() / every if every else 1.0
