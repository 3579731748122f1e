"""The words of a search in a text: where they stand, and the piece of the text that shows most of them.

The text is the caller's, so what is shown is always what may be shown now. Nothing is escaped here: the caller gets
plain pieces, marked or not, and writes them as its medium wants.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pliego.search.analysis import (
    STEMMERS,
    Token,
    beginning_with,
    fold,
    is_plain,
    is_unspaced,
    stem_forms,
    stems,
    together,
    tokens,
)
from pliego.search.frequencies import little_words
from pliego.search.query import Search

LENGTH = 240
"""Characters of a snippet, about."""
MAX_TEXT = 50_000
"""Characters of one text that are looked through."""
CONSIDERED = 100
"""Marks of one text at which a snippet may begin."""
ELLIPSIS = "…"

_PREFIXING = {"ar", "id", "yi"}
"""Languages whose stemmers take prefixes away too."""
_SPACE = re.compile(r"\s+")
_STOPS = (".", "!", "?")
_ELLIPSES = re.compile(r"…(?:\s*…)+")
_LEADERS = re.compile(r"[.·…_](?:\s*[.·…_]){4,}")  # dots that lead to a page number in a table of contents


class Piece(NamedTuple):
    """A bit of a snippet."""

    text: str
    marked: bool


class Place(NamedTuple):
    """Where a term of the search stands, in characters."""

    start: int
    end: int
    term: int
    """The place of the term among all that are required."""


def places(text: str, search: Search, language: str) -> list[Place]:
    """Where the required words and phrases stand in the first MAX_TEXT characters, in order, without overlaps.

    Little words ("of", "de") count only where nothing else is asked for.

    ``language`` is that of the text, an ISO 639-1 code or "".
    """
    return Finder(search, language).places(text)


def snippet(text: str, search: Search, language: str, length: int = LENGTH) -> tuple[Piece, ...]:
    """About ``length`` characters around the place with the most different words; the beginning when there is none."""
    return cut(text, places(text, search, language), length)


def cut(text: str, marks: list[Place], length: int = LENGTH) -> tuple[Piece, ...]:
    """The same for a caller who knows the places."""
    first, last = _window(text, marks, length)
    pieces: list[Piece] = []
    before, at = ELLIPSIS if first else "", first
    for mark in marks:
        if first <= mark.start and mark.end <= last:
            pieces += [Piece(before + text[at : mark.start], False), Piece(text[mark.start : mark.end], True)]
            before, at = "", mark.end
    rest = before + text[at:last]
    if last < len(text.rstrip()):
        rest = rest.rstrip()
        rest += f" {ELLIPSIS}" if rest.endswith(_STOPS) else ELLIPSIS
    return tuple(_tidy([*pieces, Piece(rest, False)]))


class Finder:
    """Finds the terms of a search in texts of one language; the second text costs less than the first."""

    def __init__(self, search: Search, language: str) -> None:
        terms = [term for group in search.required for term in group if not term.field]
        little = little_words().get(language, frozenset())
        terms = [term for term in terms if not term.word or term.tokens[0] not in little] or terms
        self._terms = terms
        self._language = language if language in STEMMERS else ""
        languages = (language,) if self._language else ()
        words = {term.word: at for at, term in enumerate(terms) if term.word}
        self._forms = {form: at for word, at in words.items() for form in stem_forms(word, languages)}
        self._phrases = {token for term in terms if not term.word for token in term.tokens}
        # Nearly all stemmers leave the beginning alone, so few words of a page have to be looked at.
        beginnings = {form[:2] for form in (*self._forms, *self._phrases)}
        spaced = {beginning for beginning in beginnings if not is_unspaced(beginning)}
        self._likely = None if language in _PREFIXING else beginning_with(spaced)
        self._spaced, self._only_unspaced = len(spaced) == len(beginnings), not spaced
        self._known: dict[str, Token | None] = {}
        self._stemmed: dict[str, int] = {}

    def places(self, text: str) -> list[Place]:
        """Where the terms stand; see the function of this name."""
        text = text[:MAX_TEXT]
        found = list(self._found(text))
        merged: list[Place] = []
        for hit in sorted([*self._words(found), *self._phrases_in(text, found)]):
            if merged and hit.start < merged[-1].end:
                merged[-1] = merged[-1]._replace(end=max(hit.end, merged[-1].end))
            else:
                merged.append(hit)
        return merged

    def _found(self, text: str) -> Iterator[Token]:
        """The tokens that have a part in any term."""
        if not self._forms and not self._phrases:
            return
        if self._only_unspaced and is_plain(text):
            return
        if self._likely is None or (not self._spaced and is_unspaced(text)):
            yield from (token for token in tokens(text) if self._wanted(token.folded, text[token.start : token.end]))
            return
        for run in self._likely.finditer(text):
            written = run[0]
            if written not in self._known:
                folded = next(tokens(written)).folded
                self._known[written] = Token(0, 0, folded) if self._wanted(folded, written) else None
            if (token := self._known[written]) is not None:
                yield Token(run.start(), run.end(), token.folded)

    def _wanted(self, folded: str, written: str) -> bool:
        """Whether a token has a part in any term."""
        if folded in self._forms or folded in self._phrases:
            return True
        if not self._forms or not self._language:
            return False
        term = self._forms.get(fold(stems([written.lower()], self._language)[0]))
        if term is not None:
            self._stemmed[folded] = term
        return term is not None

    def _words(self, found: list[Token]) -> Iterator[Place]:
        """Single words, as written or with another ending."""
        for start, end, folded in found:
            term = self._forms.get(folded, self._stemmed.get(folded))
            if term is not None:
                yield Place(start, end, term)

    def _phrases_in(self, text: str, found: list[Token]) -> Iterator[Place]:
        """Tokens that follow each other in the text as they do in a term."""
        folded = [token.folded for token in found]
        for at, term in enumerate(self._terms):
            wanted = [] if term.word else [*term.tokens]
            for first in (place for place, word in enumerate(folded) if wanted and word == wanted[0]):
                last = first + len(wanted)
                if folded[first:last] == wanted and all(together(text, *two) for two in pairwise(found[first:last])):
                    yield Place(found[first].start, found[last - 1].end, at)


def _window(text: str, marks: list[Place], length: int) -> tuple[int, int]:
    """Start and end of the snippet: the stretch with the most different terms, then the most marks, then the first."""
    best, start = (0, 0), 0
    for at, mark in enumerate(marks[:CONSIDERED]):
        inside = [other for other in marks[at : at + 20] if other.end <= mark.start + length * 3 // 4]
        score = len({other.term for other in inside}), len(inside)
        if score > best:
            best, start = score, mark.start
    first = _word_start(text, max(0, start - length // 4))
    return first, _word_end(text, first + length)


def _word_start(text: str, at: int) -> int:
    """The beginning of a sentence or word at most 40 characters further on, else the place itself."""
    if at == 0:
        return 0
    near = text[at : at + 40]
    sentence = re.search(r"(?<=[.!?。])\s+(?=\S)", near)
    space = sentence or re.search(r"\s+", near) or re.search(r"(?<=\W)(?=\w)", near)
    return at + space.end() if space else at


def _word_end(text: str, at: int) -> int:
    """The end of a word at most 40 characters back, else the place itself."""
    if at >= len(text):
        return len(text)
    return max((found.start() for found in _SPACE.finditer(text, max(at - 40, 0), at + 1)), default=at)


def _tidy(pieces: list[Piece]) -> Iterator[Piece]:
    """White space as single spaces, dotted leaders and ellipses in a row as one, empty pieces left out."""
    for number, (text, marked) in enumerate(pieces):
        shorter = _SPACE.sub(" ", _ELLIPSES.sub(ELLIPSIS, _LEADERS.sub(f" {ELLIPSIS}", text)))
        if tidy := shorter if number else shorter.lstrip():
            yield Piece(tidy, marked)
