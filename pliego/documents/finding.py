"""Finding words within one document: every place, with the words around it and the boxes to light up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from typing import Self

from pliego.documents import reading
from pliego.documents.findable import PAGE_END, Chunk, FindablePage, chunks, folded_query
from pliego.documents.models import File
from pliego.pdf.spans import Box, Extent
from pliego.search.analysis import is_unspaced

LIMIT = 500
"""Hits that are listed."""
QUERY_MOST = 200
"""Characters of a query that are looked at."""
WORDS_MOST = 10
"""Words that are looked for each by itself."""
AROUND = 60
"""Characters of a snippet on either side of a hit, up to a word more."""


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
    """The words stand nowhere as they were typed: these are words beginning so, on pages that hold them all."""


def find_in(file: File, query: str, *, whole_words: bool = False, limit: int = LIMIT) -> Found:
    """Every place of the words as typed, case, accents and hyphens forgiven.

    Where several words stand nowhere as typed they are looked for each by itself, unless they are in quotation marks.
    """
    search = _search(file, query, whole_words)
    return search.through(file, limit) if search else Found(complete=_complete(file))


def boxes_on(file: File, page: int, query: str, *, whole_words: bool = False) -> list[list[Box]]:
    """The boxes of each hit of find_in that is on this page, in reading order."""
    search = _search(file, query, whole_words)
    if search is None:
        return []
    text = reading.page_text(file, page)
    extents = reading.word_places(file, text) if text else []
    return [boxes for chunk in chunks(file, page, page) for boxes in search.boxes_on(chunk, page, extents)]


def _complete(file: File) -> bool:
    return file.pages_read >= file.readable_pages


def _search(file: File, query: str, whole_words: bool) -> "_Search | None":
    """What a query asks for; None when it asks for nothing."""
    wanted = folded_query(query[:QUERY_MOST])
    quoted = len(wanted) > 2 and wanted[0] == wanted[-1] == '"'
    wanted = wanted.strip('" ') if quoted else wanted
    if not wanted:
        return None
    together = _Search([_Word.of(wanted, whole_words, whole_words)])
    words = list(dict.fromkeys(wanted.split()))[:WORDS_MOST]
    if quoted or len(words) < 2 or any(together.places(chunk) for chunk in chunks(file, 1, file.readable_pages)):
        return together
    return _Search([_Word.of(word, True, whole_words) for word in words])


@dataclass(frozen=True, slots=True)
class _Word:
    """A word or phrase to find, and whether words of the text have to begin and end with it."""

    text: str
    begins: bool
    ends: bool

    @classmethod
    def of(cls, text: str, begins: bool, ends: bool) -> Self:
        """Words are not told apart next to punctuation and in scripts without spaces."""
        spaced = not is_unspaced(text)
        return cls(text, begins and spaced and text[0].isalnum(), ends and spaced and text[-1].isalnum())


_Place = tuple[int, int, int]
"""Of a hit: which page of its chunk, and where it begins and ends in the folded text of that page."""


class _Search:
    """One word or phrase to find anywhere, or several on pages that hold them all."""

    def __init__(self, words: list[_Word]) -> None:
        self._words = words
        self._anywhere = len(words) == 1 and not (words[0].begins or words[0].ends)

    def through(self, file: File, limit: int) -> Found:
        """Look through the whole document; at most ``limit`` hits are given, but all are counted."""
        total = 0
        hits: list[Hit] = []
        for chunk in chunks(file, 1, file.readable_pages):
            if len(hits) == limit and self._anywhere:
                total += chunk.text.count(self._words[0].text)
                continue
            places = self.places(chunk)
            total += len(places)
            hits += _hits(chunk, places[: limit - len(hits)])
        return Found(total, hits, _complete(file), apart=len(self._words) > 1 and total > 0)

    def boxes_on(self, chunk: Chunk, page: int, extents: Sequence[Sequence[Extent]]) -> list[list[Box]]:
        """The boxes of each hit on one page of a chunk, whose words may have been measured."""
        places = [place for place in self.places(chunk) if chunk.first + place[0] == page]
        findable = chunk.page(page - chunk.first) if places else None
        return (
            [findable.boxes_of(findable.place(start), findable.place(end - 1) + 1, extents) for _, start, end in places]
            if findable
            else []
        )

    def places(self, chunk: Chunk) -> list[_Place]:
        """Every hit of a chunk, in order."""
        if not all(word.text in chunk.text for word in self._words):
            return []
        found: list[_Place] = []
        for index, text in enumerate(chunk.text.split(PAGE_END)):
            places = [list(_places(word, chunk, index, text)) for word in self._words]
            if all(places):
                found += sorted(chain.from_iterable(places))
        return found


def _places(word: _Word, chunk: Chunk, index: int, text: str) -> Iterator[_Place]:
    """Where a word stands on a page."""
    start = text.find(word.text)
    while start >= 0:
        end = start + len(word.text)
        begins = not word.begins or _parts(chunk, index, text, start)
        if begins and (not word.ends or _parts(chunk, index, text, end)):
            yield index, start, end
        start = text.find(word.text, end)


def _parts(chunk: Chunk, index: int, text: str, at: int) -> bool:
    """Whether a word ends or begins before a character of a folded text: also at a hyphen, which that does not hold."""
    if not 0 < at < len(text) or not (text[at - 1].isalnum() and text[at].isalnum()):
        return True
    return at in chunk.hyphens[index]


def _hits(chunk: Chunk, places: list[_Place]) -> list[Hit]:
    hits: list[Hit] = []
    for index, group in groupby(places, key=itemgetter(0)):
        page = chunk.page(index)
        hits += [_hit(chunk.first + index, page, start, end) for _, start, end in group]
    return hits


def _hit(number: int, page: FindablePage, start: int, end: int) -> Hit:
    first, last = page.place(start), page.place(end - 1) + 1
    return Hit(number, _snippet(page.text, first, last), page.boxes_of(first, last))


def _snippet(text: str, start: int, end: int) -> list[tuple[str, bool]]:
    """The words around a hit in at most three pieces, cut between words."""
    left, right = max(start - AROUND, 0), min(end + AROUND, len(text))
    before, after = text[left:start], text[end:right]
    if left:
        before = "…" + (before.partition(" ")[2] if " " in before[:-1] else before)
    if right < len(text):
        after = (after.rpartition(" ")[0] if " " in after[1:] else after) + "…"
    return [piece for piece in ((before, False), (text[start:end], True), (after, False)) if piece[0]]
