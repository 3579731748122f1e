"""What the parts of the reader show: the sizes of all pages, the outline, the hits of a search, small pictures."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from pliego.documents import finding, outlines
from pliego.documents.models import Document, File
from pliego.documents.printed import labels_of, number_on
from pliego.pdf.values import OutlineEntry
from pliego.web.pages import Mark

MAX_WORDS = 200
"""Characters of a search."""
SMALL_WIDTH = 200
MOST_CHAPTERS = 12
RIGHT_TO_LEFT = {"ar", "fa", "he", "ug", "ur", "yi"}


@dataclass(frozen=True, slots=True)
class Words:
    """What to find; no text finds nothing."""

    text: str
    whole: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def query(self) -> str:
        """The words as they stand in an address."""
        return urlencode({"q": self.text, **({"whole": "1"} if self.whole else {})})


@dataclass(frozen=True, slots=True)
class HitView:
    """One line of the list of hits."""

    url: str
    page: int
    label: str
    """What people call the page."""
    order: int
    """Which hit of its page it is, from 0."""
    x: float
    y: float
    snippet: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class FoundView:
    """The list of hits."""

    total: int
    hits: list[HitView]
    complete: bool
    """False while the document is still being read."""
    apart: bool
    """The words stand nowhere as typed: these pages hold each of them."""

    @property
    def shown(self) -> int:
        """How many are in the list."""
        return len(self.hits)


@dataclass(slots=True)
class OutlineView:
    """One line of the outline, written out in order: ``opens`` a list below it, or ``closes`` so many."""

    title: str
    url: str
    page: int
    y: float
    level: int
    label: str = ""
    """What people call the page."""
    opens: bool = False
    closes: range = field(default_factory=lambda: range(0))
    unfolded: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class Small:
    """A small picture of a page, 100 CSS pixels wide."""

    number: int
    label: str
    url: str
    small: str
    small_height: int


def direction(language: str) -> str:
    """Return "rtl" for documents whose pages follow each other from right to left."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def sizes(file: File) -> str:
    """Return the sizes of all pages in points as runs of equal ones: "595x842*12 842x595"."""
    facts = file.facts
    runs = facts.page_sizes if facts else [(595.0, 842.0, 1)]
    return " ".join(_run(max(width, 1), max(height, 1), run) for width, height, run in runs)


def runs(document: Document) -> str:
    """Return the runs of page labels as JSON, "" where there are none."""
    told = labels_of(document).runs
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


def _run(width: float, height: float, run: int) -> str:
    return f"{round(width, 1):g}x{round(height, 1):g}" + (f"*{run}" if run > 1 else "")


def strip(document: Document, number: int, count: int) -> list[Small]:
    """Return small pictures of the pages around one."""
    last = max(document.file.readable_pages, 1)
    first = max(1, min(number - count // 3, last - count + 1))
    return [_small(document, near) for near in range(first, min(first + count, last + 1))]


def _small(document: Document, number: int) -> Small:
    width, height = document.file.page_size(number)
    picture = document.picture_url(number, SMALL_WIDTH)
    return Small(
        number,
        number_on(document, number),
        document.page_url(number),
        picture,
        max(1, round(100 * height / max(width, 1))),
    )


def marks(document: Document, number: int, words: Words) -> list[Mark]:
    """Return the boxes of all hits on a page."""
    if not words:
        return []
    found = finding.boxes_on(document.file, number, words.text, whole_words=words.whole)
    return [Mark(order, *(round(edge, 1) for edge in box)) for order, boxes in enumerate(found) for box in boxes]


def first_hit_url(document: Document, words: Words) -> str:
    """Return the address of the first page with the words, of the first page of all where none has them."""
    hits = finding.find_in(document.file, words.text, whole_words=words.whole, limit=1).hits
    return f"{document.page_url(hits[0].page if hits else 1)}?{words.query}"


def found(document: Document, words: Words) -> FoundView:
    """Return the hits in the whole document; none of no words."""
    result = finding.find_in(document.file, words.text, whole_words=words.whole)
    return FoundView(result.total, list(_hits(document, words, result.hits)), result.complete, result.apart)


def _hits(document: Document, words: Words, hits: list[finding.Hit]) -> Iterator[HitView]:
    page, order, labels = 0, 0, labels_of(document)
    for hit in hits:
        page, order = hit.page, order + 1 if hit.page == page else 0
        x, y = hit.boxes[0][:2] if hit.boxes else (0.0, 0.0)
        url, label = f"{document.page_url(page)}?{words.query}", labels.of(page) or str(page)
        yield HitView(url, page, label, order, round(x, 1), round(y, 1), hit.snippet)


def outline(document: Document, number: int = 0) -> list[OutlineView]:
    """Return the outline in the order of its lines; the section of page ``number`` is marked, and unfolded to."""
    entries = list(_entries(document))
    nest(entries)
    mark_section(entries, number)
    return entries


def chapters(document: Document) -> list[OutlineView]:
    """Return the first lines of the outline for the document's own page, without what lies below them."""
    if document.locked or document.file.unreadable:
        return []
    return list(_views(document, outlines.chapters(document.file)[:MOST_CHAPTERS]))


def _entries(document: Document) -> Iterator[OutlineView]:
    return _views(document, outlines.outline(document.file))


def _views(document: Document, entries: Iterable[OutlineEntry]) -> Iterator[OutlineView]:
    labels = labels_of(document)
    for entry in entries:
        page, y = entry.page, round(entry.y or 0, 1)
        yield OutlineView(entry.title, document.page_url(page), page, y, entry.level, labels.of(page) or str(page))


def nest(entries: list[OutlineView]) -> None:
    """Levels may jump; a line opens one list for whatever lies deeper behind it."""
    open_levels: list[int] = []
    for place, entry in enumerate(entries):
        following = entries[place + 1].level if place + 1 < len(entries) else 0
        entry.opens = following > entry.level
        if entry.opens:
            open_levels.append(entry.level)
            continue
        before = len(open_levels)
        while open_levels and open_levels[-1] >= following:
            open_levels.pop()
        entry.closes = range(before - len(open_levels))


def mark_section(entries: list[OutlineView], number: int) -> None:
    """Mark the section that a page lies in, and unfold what leads to it."""
    begun = [(entry.page, place) for place, entry in enumerate(entries) if entry.page <= number]
    if not begun:
        return
    _, current = max(begun)  # the last one by pages: bookmarks do not always go on through the document
    entries[current].current = True
    level = entries[current].level + 1
    for entry in reversed(entries[: current + 1]):
        if entry.level < level:
            entry.unfolded, level = True, entry.level
