"""Key phrases: what a document says often and texts of its language seldom say (tf-idf of phrases of 1 to 3 words)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pliego.search.analysis import fold, is_unspaced, stems
from pliego.search.frequencies import LONGEST, Frequencies, frequencies, segments
from pliego.search.nouns import apart

MOST = 10
CONSIDERED = 60
"""Phrases that the archive is asked about."""
SAMPLED_PAGES = 200
"""A longer document is represented by so many pages in even distances."""
EDGE = 0.1
"""A word in more than this part of all texts does not begin or end a phrase of several words."""
SHORT = 200
"""Words; in a shorter text a word that is used once may be a keyword."""
LONGER = (0.0, 1.0, 3.0, 3.5)
"""Weight by the number of words: two or three words name a subject better than one."""
LEAST = 0.1
"""Weight of what is in every text, and of all words of a language that nothing is known of: their number counts."""
REPEATS = 0.5
"""A longer phrase stands for its part when it makes up so much of the part's uses."""
FURNITURE_PAGES = 6
FURNITURE = 0.6
"""A phrase about once a page on more than this part of at least so many pages is a running head or a footer."""

_NOT_A_KEYWORD = {"http", "https", "www", "com", "org", "html", "pdf", "isbn", "issn", "doi"}
_LETTERS = re.compile(r"[^\W\d_]{2}")
# What holds a name together: "ayuntamiento de Teruel"; other little words make half a sentence.
_JOINING = {
    *("of", "and", "for", "in", "on", "de", "del", "la", "las", "los", "el", "y", "du", "des", "le", "les", "et", "en"),
    *("und", "der", "von", "fur", "do", "da", "dos", "das", "e", "di", "della", "van"),
}
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|dell|all|nell|sull|dall)[’'](?=\w)", re.IGNORECASE)
_CODE = re.compile(r"\\[^\W\d_][\w@]*|\w*@[\w@.]*|\w+(?=\()")
"""Commands, addresses and calls: what is said to a machine."""


class Archive(Protocol):
    """What the keywords of one document want to know about all others."""

    def documents(self) -> int:
        """How many there are."""

    def frequency(self, phrase: str, language: str) -> int:
        """About how many hold a folded word or phrase of this language."""


@dataclass(slots=True)
class _Candidate:
    """A folded phrase and how it is used."""

    words: tuple[str, ...]
    written: Counter[str]
    pages: int = 0
    score: float = 0.0

    @property
    def count(self) -> int:
        return self.written.total()


def keywords(pages: Sequence[str], language: str, archive: Archive | None = None, most: int = MOST) -> list[str]:
    """Up to ``most`` phrases as they are mostly written, the best first; ``pages`` are texts, running heads left out.

    ``language`` is an ISO 639-1 code or "". Of Thai, Lao, Burmese and Khmer words nothing is known.
    """
    table = frequencies(language)
    step = max(len(pages) / SAMPLED_PAGES, 1.0)
    sample = [pages[int(at * step)] for at in range(int(len(pages) / step))]
    candidates = _candidates(sample, table)
    for candidate in candidates:
        candidate.score = _score(candidate, table.idf(" ".join(candidate.words)))
    best = sorted(candidates, key=_by_score)[:CONSIDERED]
    if archive is not None:
        _ask(archive, best, table, language)
    return [_spelling(candidate) for candidate in _distinct(best, language)[:most]]


def _by_score(candidate: _Candidate) -> tuple[float, tuple[str, ...]]:
    return -candidate.score, candidate.words


def _score(candidate: _Candidate, idf: float) -> float:
    return candidate.count * max(idf, LEAST) * LONGER[len(candidate.words)]


def _ask(archive: Archive, best: list[_Candidate], table: Frequencies, language: str) -> None:
    """Score again with what the archive knows."""
    documents = archive.documents()
    for candidate in best:
        phrase = " ".join(candidate.words)
        candidate.score = _score(candidate, table.idf(phrase, archive.frequency(phrase, language), documents))
    best.sort(key=_by_score)


def _candidates(pages: Sequence[str], table: Frequencies) -> list[_Candidate]:
    """Every phrase that is used at least twice and could be a keyword; in a very short text once is enough."""
    found = _written(pages)
    candidates: dict[str, _Candidate] = {}
    on_pages: dict[str, set[int]] = defaultdict(set)
    for (written, page), count in found.items():
        phrase = fold(written)
        candidate = candidates.setdefault(phrase, _Candidate(tuple(phrase.split()), Counter()))
        candidate.written[written] += count
        on_pages[phrase].add(page)
    for phrase, candidate in candidates.items():
        candidate.pages = len(on_pages[phrase])
    short = sum(count for (written, _), count in found.items() if " " not in written) < SHORT
    return [
        candidate
        for candidate in candidates.values()
        if (candidate.count > 1 or (short and len(candidate.words) == 1)) and _is_keyword(candidate, table, len(pages))
    ]


def _written(pages: Sequence[str]) -> Counter[tuple[str, int]]:
    """How often each phrase, as written, stands on each page."""
    found: Counter[tuple[str, int]] = Counter()
    for number, page in enumerate(pages):
        for phrase in _phrases(page):
            found[phrase, number] += 1
    return found


def _phrases(page: str) -> Iterator[str]:
    for words in segments(apart(_CODE.sub(" . ", page))):
        for length in range(1, LONGEST + 1):
            for first in range(len(words) - length + 1):
                yield _ELIDED.sub("", " ".join(words[first : first + length]))


def _is_keyword(candidate: _Candidate, table: Frequencies, pages: int) -> bool:
    words = candidate.words
    ends = (words[0], _ELIDED.sub("", words[-1]))
    return (
        all(_may_end(word, table, len(words) > 1) for word in ends)
        and all(word in _JOINING or not _is_little(word, table) for word in words[1:-1])
        and len(set(words)) == len(words)
        and not _is_furniture(candidate, pages)
    )


def _may_end(word: str, table: Frequencies, several: bool) -> bool:
    """Whether a phrase, of several words or of this one, may begin or end with it."""
    if _is_little(word, table) or word in _NOT_A_KEYWORD or not _LETTERS.search(word):
        return False
    if several and table.is_stop(word, EDGE):
        return False
    if is_unspaced(word):
        return True
    # Without a table there is nothing else to tell the little words of the language by.
    return len(word) >= (4 if not table.documents else 1 if several else 3 if word.isascii() else 2)


def _is_little(word: str, table: Frequencies) -> bool:
    return table.is_stop(word) or frequencies("en").is_stop(word)


def _is_furniture(candidate: _Candidate, pages: int) -> bool:
    return pages >= FURNITURE_PAGES and candidate.pages > FURNITURE * pages and candidate.count < 1.2 * candidate.pages


def _distinct(best: list[_Candidate], language: str) -> list[_Candidate]:
    """The candidates without those that say the same in other words: one stands in another, or has the same stems."""
    chosen: list[tuple[frozenset[str], _Candidate]] = []
    for candidate in best:
        own = frozenset(fold(stem) for stem in stems(list(candidate.words), language))
        rival = next((at for at, (other, _) in enumerate(chosen) if own <= other or other <= own), None)
        if rival is None:
            chosen.append((own, candidate))
        elif own > chosen[rival][0] and _stands_for(candidate, chosen[rival][1]):
            chosen[rival] = own, candidate
    kept: list[tuple[frozenset[str], _Candidate]] = []
    for own, candidate in chosen:  # a longer phrase may have taken two places
        if not any(own <= other for other, _ in kept):
            kept.append((own, candidate))
    return [candidate for _, candidate in kept]


def _stands_for(longer: _Candidate, part: _Candidate) -> bool:
    return longer.count >= REPEATS * part.count and longer.score >= REPEATS * part.score


def _spelling(candidate: _Candidate) -> str:
    """The most frequent way to write it; small letters when they are common too, as in the middle of sentences."""
    common, count = candidate.written.most_common(1)[0]
    small = max(
        (written for written in candidate.written if written == written.lower()),
        key=lambda written: candidate.written[written],
        default="",
    )
    return small if candidate.written[small] * 2 >= count else common
