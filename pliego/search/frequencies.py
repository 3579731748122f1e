"""How common words and phrases are in a language, so that an empty archive already knows what is ordinary.

The tables beside this module were counted in free documentation; tables/README.md says how.
"""

import lzma
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from math import log
from typing import NamedTuple

from pliego.search.analysis import fold

STOP = 0.2
"""A word in more than this part of all texts says nothing about any of them."""
LITTLE = 0.45
"""A word in more than this part holds sentences together."""
LONGEST = 3
"""Words in a phrase."""

# A word may have inner apostrophes and hyphens; whatever else is no letter ends a phrase.
WORD = re.compile(r"[^\W_]+(?:[-’'·][^\W_]+)*")
_BREAK = re.compile(r"(?:[^\w\s’'·-]|_)+|\s[-’'·]+\s|\n\s*\n")


class Frequencies(NamedTuple):
    """In how many of ``documents`` texts each folded word or phrase of up to three words stands."""

    documents: int
    counts: dict[str, int]

    def is_stop(self, word: str, share: float = STOP) -> bool:
        """Whether a folded word is too common to mean anything: in more than this part of all texts."""
        return self.counts.get(word, 0) > share * self.documents

    def idf(self, term: str, more: int = 0, documents: int = 0) -> float:
        """How much a folded term tells; ``more`` of so many ``documents`` of the archive hold it too."""
        return log((self.documents + documents + 1) / (self.counts.get(term, 0) + more + 1))


@lru_cache(maxsize=16)
def frequencies(language: str) -> Frequencies:
    """The table of a language (ISO 639-1); an empty one when there is none."""
    path = files("pliego.search") / "tables" / f"{language}.xz"
    if not language.isalpha() or not path.is_file():
        return Frequencies(0, {})
    documents, *lines = lzma.decompress(path.read_bytes()).decode().splitlines()
    pairs = (line.split(" ", 1) for line in lines)
    return Frequencies(int(documents), {term: int(count) for count, term in pairs})


@lru_cache(maxsize=1)
def little_words() -> dict[str, frozenset[str]]:
    """The folded words that hold sentences together, by language (ISO 639-1)."""
    lines = (files("pliego.search") / "tables" / "little.txt").read_text("utf-8").splitlines()
    return {language: frozenset(words.split()) for language, _, words in (line.partition(": ") for line in lines)}


def segments(text: str) -> Iterator[list[str]]:
    """The runs of words between punctuation, as written."""
    for segment in _BREAK.split(text):
        if words := WORD.findall(segment):
            yield words


def phrases(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """First and last place (exclusive) and folded form of each phrase of up to three words."""
    folded = [fold(word) for word in words]
    for first in range(len(folded)):
        for last in range(first + 1, min(first + LONGEST, len(folded)) + 1):
            yield first, last, " ".join(folded[first:last])
