"""Finding words within one document: every place, with the words around it and the boxes to light up."""

import re
from dataclasses import dataclass, field
from itertools import islice

from pliego.documents.models import File
from pliego.documents.reading import page_texts
from pliego.search.analysis import fold

LIMIT = 500
"""Hits that are listed."""
QUERY_MOST = 200
"""Characters of a query that are looked at."""
AROUND = 40
"""Characters of a snippet on either side of a hit."""

Box = tuple[float, float, float, float]
"""x, y, width and height in points of the page as shown, from its top left."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand."""

    page: int
    snippet: list[tuple[str, bool]]
    """The words around it in pieces: text, and whether it is what was looked for."""
    boxes: list[Box] = field(default_factory=list)
    """One box for each line it stands on."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a document."""

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    """The first ones, in the order of the document."""
    complete: bool = True
    """False while pages are still being read: there may be more."""
    apart: bool = False
    """The words stand nowhere as they were typed: these are pages that hold them all, each word by itself."""


def find_in(file: File, query: str, *, whole_words: bool = False, limit: int = LIMIT) -> Found:
    """Every place of the words as typed, case and accents forgiven, also where a line end breaks a word."""
    wanted = fold(" ".join(query.split())[:QUERY_MOST])
    if not wanted:
        return Found()
    places = [hit for page in page_texts(file, 1, file.readable_pages) for hit in _on(page, wanted)]
    return Found(len(places), list(islice(places, limit)), complete=file.pages_read >= file.readable_pages)


def boxes_on(file: File, page: int, query: str, *, whole_words: bool = False) -> list[list[Box]]:
    """The boxes of each hit on one page, in the order of find_in."""
    return [hit.boxes for hit in find_in(file, query, whole_words=whole_words).hits if hit.page == page]


def _on(page, wanted):
    for line in page.lines:
        folded = fold(line.text)
        if len(folded) != len(line.text):
            folded = line.text.lower()
        for match in re.finditer(re.escape(wanted), folded):
            start, end = match.span()
            part = line.width / len(line.text)
            snippet = [(line.text[:start], False), (line.text[start:end], True), (line.text[end:], False)]
            box = (line.x + part * start, line.y, part * (end - start), line.height)
            yield Hit(page.number, snippet, [box])
