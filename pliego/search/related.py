"""Documents about the same subject: the best tf-idf terms of one, asked of all others as one query."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from math import log
from typing import NamedTuple

from tantivy import Occur, Query

from pliego.search.analysis import fold, stems
from pliego.search.frequencies import frequencies
from pliego.search.schema import SCHEMA

KEPT = 150
"""Terms of a document that its record keeps."""
ASKED = 50
"""Terms that are asked for."""
REASONS = 4
"""Shared terms that are told."""
COMMON_WORDS = 3_000
"""Words of one document among which the spelling of a stem is looked for."""


class Subject(NamedTuple):
    """A term that tells what a document is about."""

    stem: str
    uses: int
    word: str
    """The most frequent word with this stem, in small letters."""


def profile(bag: Counter[str], words: Counter[str], language: str) -> bytes:
    """What a document's record keeps of its subject: stems with their counts and spellings, as JSON."""
    common = [word for word, _ in words.most_common(COMMON_WORDS)]
    spelling: dict[str, str] = {}
    for stem, word in zip((fold(stem) for stem in stems(common, language)), common, strict=True):
        spelling.setdefault(stem, word)
    table = frequencies(language)
    weighed = [
        (-bag[stem] * max(table.idf(fold(word)), 0.1), stem)
        for stem, word in spelling.items()
        if bag[stem] and len(stem) > 1 and not stem.isdigit() and not table.is_stop(fold(word))
    ]
    kept = [(stem, bag[stem], spelling[stem]) for _, stem in sorted(weighed)[:KEPT]]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def subjects(kept: bytes, frequency: Callable[[str], int], documents: int) -> list[tuple[Subject, float]]:
    """The ASKED best terms with their weights in an archive of so many documents, best first.

    A term of this document only leads nowhere and is left out.
    """
    found = [Subject(stem, int(count), word) for stem, count, word in json.loads(kept)]
    weighed: list[tuple[Subject, float]] = []
    for subject in found:
        others = frequency(subject.stem)
        if others > 1:
            weighed.append((subject, subject.uses * log((documents + 1) / others)))
    return sorted(weighed, key=lambda pair: -pair[1])[:ASKED]


def stems_of(kept: bytes) -> set[str]:
    """The stems that a record keeps."""
    return {stem for stem, _, _ in json.loads(kept or b"[]")}


def alike(weighed: Iterable[tuple[Subject, float]]) -> Query:
    """The query that finds documents with many of these terms."""
    terms = [
        Query.boost_query(Query.term_query(SCHEMA, "bag", subject.stem), max(weight, 0.01))
        for subject, weight in weighed
    ]
    return Query.boolean_query([(Occur.Should, term) for term in terms])
