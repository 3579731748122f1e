"""Finding words within one document: every place, with the words around it and the boxes to light up."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import Self

from pliego.documents import reading
from pliego.documents.findable import PAGE_END, Chunk, FindablePage, chunks, folded_query
from pliego.documents.models import File
from pliego.documents.page_ends import PageEnd
from pliego.pdf.spans import Box
from pliego.pdf.tables import LEADER
from pliego.search.analysis import is_unspaced

LIMIT = 500
"""Hits that are listed."""
COUNTED_MOST = 100_000
"""Hits that are counted one by one: a small file can hold millions, and whoever asks does not read on."""
LIT_MOST = 2_000
"""Hits that are lit on a page."""
QUERY_MOST = 200
"""Characters of a query that are looked at."""
WORDS_MOST = 10
"""Words that are looked for each by itself."""
AROUND = 60
"""Characters of a snippet on either side of a hit, up to a word more."""
FAR = 4 * AROUND
"""Characters on either side that are looked at: rows of dots take much room."""


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
    """Of words that are looked at one by one, COUNTED_MOST when there are more."""
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
    with reading.AT_LENGTH:
        search = _search(file, query, whole_words)
        return search.through(file, limit) if search else Found(complete=_complete(file))


def boxes_on(file: File, page: int, query: str, *, whole_words: bool = False) -> list[list[Box]]:
    """The boxes of each hit of find_in on a page, in order, then those of hits that begin on the page before.

    Of the first LIT_MOST, where there are more.
    """
    with reading.AT_LENGTH:
        spans = _spans(file, page, _search(file, query, whole_words))
    text = reading.page_text(file, page) if spans else None
    if text is None:
        return []
    extents = reading.word_places(file, text)
    with reading.AT_LENGTH:
        findable = next(chunk.page(page - chunk.first) for chunk in chunks(file, page, page))
    spans.sort(key=itemgetter(0))  # first what begins on this page, then what goes on from the page before
    return [findable.boxes_of(findable.place(start), findable.place(end - 1) + 1, extents) for _, start, end in spans]


def _spans(file: File, page: int, search: "_Search | None") -> list[tuple[bool, int, int]]:
    """What the first hits on a page cover of it, see spans_on."""
    if search is None:
        return []
    found = (span for chunk in chunks(file, max(page - 1, 1), page) for span in search.spans_on(chunk, page))
    return list(islice(found, LIT_MOST))


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
    if quoted or len(words) < 2 or any(any(together.places(chunk)) for chunk in chunks(file, 1, file.readable_pages)):
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

    def starts(self, text: str) -> Iterator[int]:
        """Where it begins in a text, hyphens aside: told at the speed of C, for a small file holds millions of letters.

        ``[^\\W_]`` is what str.isalnum says. The letters come first, so that they alone are looked for.
        """
        word = re.escape(self.text)
        begins, ends = f"(?<![^\\W_]{word})" if self.begins else "", r"(?![^\W_])" if self.ends else ""
        return (found.start() for found in re.finditer(f"{word}{begins}{ends}", text))


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Where a hit is: which page of its chunk, and where it begins and ends in the folded text of that page."""

    index: int
    start: int
    end: int
    across: PageEnd | None = field(default=None, compare=False)
    """The page end that it goes on over."""
    rest: int = field(default=0, compare=False)
    """Letters on the next page."""


class _Search:
    """One word or phrase to find anywhere, or several on pages that hold them all."""

    def __init__(self, words: list[_Word]) -> None:
        self._words = words
        self._anywhere = len(words) == 1 and not (words[0].begins or words[0].ends)

    def through(self, file: File, limit: int) -> Found:
        """Look through the whole document; at most ``limit`` hits are given, but COUNTED_MOST at least are counted."""
        total = 0
        hits: list[Hit] = []
        for chunk in chunks(file, 1, file.readable_pages):
            hits += _hits(chunk, islice(self.places(chunk), limit - len(hits)))
            total += self._count(chunk, max(COUNTED_MOST - total, 0))
        return Found(total, hits, _complete(file), apart=len(self._words) > 1 and total > 0)

    def _count(self, chunk: Chunk, most: int) -> int:
        """How many hits a chunk has, at most ``most`` where each has to be looked at."""
        if self._anywhere:
            return chunk.text.count(self._words[0].text) + sum(1 for _ in self._across(chunk))
        return sum(1 for _ in islice(self.places(chunk), most))

    def spans_on(self, chunk: Chunk, page: int) -> Iterator[tuple[bool, int, int]]:
        """What each hit of a chunk covers of a page: whether it goes on from the page before, first and last letter."""
        for place in self.places(chunk, only=page - chunk.first):
            number = chunk.first + place.index
            if number == page:
                yield False, place.start, place.end
            elif number == page - 1 and place.across:
                yield True, place.across.goes_on, place.across.goes_on + place.rest

    def places(self, chunk: Chunk, only: int | None = None) -> Iterator[_Place]:
        """Every hit of a chunk, in order; with ``only`` those within that page, and those over page ends."""
        return merge(self._across(chunk), self._within(chunk, only))

    def _within(self, chunk: Chunk, only: int | None) -> Iterator[_Place]:
        if not all(word.text in chunk.text for word in self._words):
            return
        for index, text in enumerate(chunk.text.split(PAGE_END)):
            if only in (None, index) and all(any(_places(word, chunk, index, text)) for word in self._words):
                yield from merge(*(_places(word, chunk, index, text) for word in self._words))

    def _across(self, chunk: Chunk) -> Iterator[_Place]:
        """The hits that go on over the end of a page; words that may stand apart do not."""
        if len(self._words) > 1:
            return
        (word,) = self._words
        for index, end in chunk.ends_with(word.text):
            for start, behind in end.across(word.text, begins=word.begins, ends=word.ends):
                yield _Place(index, end.begins + start, end.begins + end.own, end, behind - end.split)


def _places(word: _Word, chunk: Chunk, index: int, text: str) -> Iterator[_Place]:
    """Where a word stands on a page."""
    behind = 0
    hyphens = chunk.hyphens(index) if word.begins or word.ends else ()
    for start in merge(word.starts(text), _beside(hyphens, word, text)):
        if start >= behind:
            behind = start + len(word.text)
            yield _Place(index, start, behind)


def _beside(hyphens: Sequence[int], word: _Word, text: str) -> list[int]:
    """Where a word begins that a hyphen, which a folded text does not hold, parts from what is before or behind it."""
    length = len(word.text)
    return sorted(
        start
        for hyphen in hyphens
        for start in (hyphen - length, hyphen)
        if start >= 0
        and text.startswith(word.text, start)
        and (not word.begins or _parts(hyphens, text, start))
        and (not word.ends or _parts(hyphens, text, start + length))
    )


def _parts(hyphens: Sequence[int], text: str, at: int) -> bool:
    """Whether a word ends or begins before a character of a folded text."""
    if not 0 < at < len(text) or not (text[at - 1].isalnum() and text[at].isalnum()):
        return True
    found = bisect_left(hyphens, at)
    return found < len(hyphens) and hyphens[found] == at


def _hits(chunk: Chunk, places: Iterable[_Place]) -> list[Hit]:
    hits: list[Hit] = []
    for index, group in groupby(places, key=attrgetter("index")):
        page = chunk.page(index)
        hits += [_hit(chunk.first + index, page, place) for place in group]
    return hits


def _hit(number: int, page: FindablePage, place: _Place) -> Hit:
    first, last = page.place(place.start), page.place(place.end - 1) + 1
    boxes = page.boxes_of(first, last)
    if place.across is None:
        return Hit(number, _snippet(page.text, first, last), boxes)
    tail, rest = page.text[:last], place.across.written
    between = " " if place.across.split > place.across.own else ""
    text = (tail if between else tail.removesuffix("-")) + between
    return Hit(number, _snippet(text + rest, first, len(text) + place.rest), boxes)


def _snippet(text: str, start: int, end: int) -> list[tuple[str, bool]]:
    """The words around a hit in at most three pieces, cut between words; rows of dots are one sign."""
    before = LEADER.sub(" … ", text[max(start - FAR, 0) : start])
    after = LEADER.sub(" … ", text[end : end + FAR])
    if start > FAR or len(before) > AROUND:
        before = before[-AROUND:]
        before = "…" + (before.partition(" ")[2] if " " in before[:-1] else before)
    if len(text) > end + FAR or len(after) > AROUND:
        after = after[:AROUND]
        after = (after.rpartition(" ")[0] if " " in after[1:] else after) + "…"
    return [piece for piece in ((before, False), (text[start:end], True), (after, False)) if piece[0]]
