"""Key phrases: what a document says often, and early or in headings, and texts of its language seldom say.

Phrases of one to three words that have the same stems count as one. Their weights (tf-idf, LONGER and PROMINENT) were
chosen with an eye on all of a collection of 48 English papers that name their keywords, that of ONCE on abstracts and
news of some hundred words. bench/quality.py says how they do on others.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Protocol

from pliego.search.analysis import fold, is_unspaced, stems
from pliego.search.frequencies import LONGEST, frequencies, segments
from pliego.search.nouns import apart

MOST = 10
CONSIDERED = 60
"""Phrases that the archive is asked about."""
SAMPLED_PAGES = 200
"""A longer document is represented by so many pages in even distances."""
EDGE = 0.1
"""A word in more than this part of all texts does not begin or end a phrase of several words."""
SHORT = 200
"""Words; in a shorter text a word, or two, that are used once may be a keyword."""
LONGER = (0.0, 1.0, 5.0, 5.0)
"""Weight by the number of words: two or three words name a subject better than one."""
ONCE = 0.8
"""Weight of two words that a short text uses once: they may be its subject, or have met by chance."""
EARLY = 3000
"""Characters in which a text mostly says what it is about; the page on which they end counts whole."""
PROMINENT = 2.0
"""Weight of what stands there or in a heading."""
HEADS = 0.6
"""A word that is followed by "of" in more than this part of its uses is no subject by itself."""
DOES = 0.33
"""A word that an article follows twice, and in more than this part of its uses, is what is done: "shows the"."""
SHORT_WORD = 3
"""Letters; a shorter one in small letters that the language does not know is no word."""
LEAST = 0.1
"""Weight of what is in every text, and of all words of a language that nothing is known of: their number counts."""
REPEATS = 0.5
"""A longer phrase stands for its part when it makes up so much of the part's uses."""
FURNITURE_PAGES = 6
FURNITURE = 0.6
"""A phrase about once a page on more than this part of at least so many pages is a running head or a footer."""

_NOT_A_KEYWORD = {
    *("http", "https", "www", "com", "org", "html", "pdf", "isbn", "issn", "doi", "al"),
    *("foo", "foobar", "baz", "qux", "lorem", "ipsum"),
}
_LETTERS = re.compile(r"[^\W\d_]{2}")
# What holds a name together: "ayuntamiento de Teruel"; other little words make half a sentence.
_JOINING = {
    *("of", "and", "for", "in", "on", "de", "del", "la", "las", "los", "el", "y", "du", "des", "le", "les", "et", "en"),
    *("und", "der", "von", "fur", "do", "da", "dos", "das", "e", "di", "della", "van"),
}
_OF = ("of", "de", "del", "des", "du", "di", "da", "do", "dos", "von")
_ARTICLES = (
    *("the", "an", "el", "la", "los", "las", "un", "una", "unos", "unas", "le", "les", "une"),
    *("os", "um", "uma", "die", "das", "den", "ein", "eine", "einen"),
)
_VERBAL = {"en": re.compile(r"\w{4,}ed"), "es": re.compile(r"\w{5,}(?:ando|iendo)")}
"""What is mostly no noun, and no subject by itself: "installed", "utilizando"."""
_INVERTED = re.compile(r"-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce)$")  # "puis-je" is no name of anything
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|dell|all|nell|sull|dall)[’'](?=\w)", re.IGNORECASE)
_CODE = re.compile(r"\\[^\W\d_][\w@]*|\w*@[\w@.]*|\w+(?=\()")
"""Commands, addresses and calls: what is said to a machine."""
_SIGN = re.compile(r"[{}<>=$%\\^~|@#\[\]_]|\w\(|::|&&|//|;$|^\s*[>+]\s")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBERED = re.compile(r"\d\d")
_GAP = " . "


_Uses = dict[tuple[str, ...], list[tuple[int, str]]]
"""The uses of phrases, by their stems: on which page, and as written."""


class Archive(Protocol):
    """What the keywords of one document want to know about all others."""

    def documents(self) -> int:
        """How many there are."""

    def frequency(self, phrase: str, language: str) -> int:
        """About how many hold a folded word or phrase of this language."""


@dataclass(slots=True)
class _Candidate:
    """A phrase, in all the forms that have its stems, and how it is used."""

    stems: tuple[str, ...]
    written: Counter[str]
    common: str
    """The form that is used most."""
    words: tuple[str, ...]
    """The same, folded."""
    pages: int
    early: bool
    """Whether it stands where a text says what it is about."""
    weight: float = 0.0
    score: float = 0.0

    @property
    def count(self) -> int:
        return self.written.total()


def keywords(
    pages: Sequence[str], language: str, archive: Archive | None = None, most: int = MOST, headings: Sequence[str] = ()
) -> list[str]:
    """Up to ``most`` phrases as they are mostly written, the best first; ``pages`` are texts, running heads left out.

    ``language`` is an ISO 639-1 code or "". Of Thai, Lao, Burmese and Khmer words nothing is known. ``headings`` are
    the title and those of chapters: what they name counts more.
    """
    known = _Known(language)
    step = max(len(pages) / SAMPLED_PAGES, 1.0)
    sample = [pages[int(at * step)] for at in range(int(len(pages) / step))]
    sample = [page for page in sample if not known.is_foreign(page)] or sample
    candidates = _candidates(sample, known)
    named = {stemmed for heading in headings for stemmed, _ in _phrases(heading, known)}
    for candidate in candidates:
        often = candidate.count > 1 or len(candidate.words) == 1
        candidate.weight = candidate.count * LONGER[len(candidate.words)] if often else ONCE
        if candidate.early or candidate.stems in named:
            candidate.weight *= PROMINENT
        candidate.score = candidate.weight * known.telling(candidate.words)
    best = sorted(candidates, key=_by_score)[:CONSIDERED]
    if archive is not None:
        _ask(archive, best, known)
    return [_spelling(candidate) for candidate in _distinct(best)[:most]]


@lru_cache(maxsize=16)
def _little_stems(language: str) -> frozenset[str]:
    """The folded stems of the words that are too common to mean anything."""
    table = frequencies(language)
    little = [word for word in table.counts if " " not in word and table.is_stop(word)]
    return frozenset(map(fold, stems(little, language)))


class _Known:
    """What is known of a language: how common its words are, and their stems."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.table = frequencies(language)
        self._english = frequencies("en") if language != "en" else self.table
        self._stems: dict[str, str] = {}
        self._little: dict[str, bool] = {}
        self._little_stems = _little_stems(language)

    def telling(self, words: tuple[str, ...], more: int = 0, documents: int = 0) -> float:
        """How much a phrase tells. Foreign words are those of a licence or a quotation: English ones are known too."""
        phrase = " ".join(words)
        own = self.table.idf(phrase, more, documents)
        return max(min(own, self._english.idf(phrase)) if self.table.documents else own, LEAST)

    def stem(self, word: str) -> str:
        """The folded stem of a word; its accents have a say in it."""
        if word not in self._stems:
            self._stems[word] = fold(stems([word.lower()], self.language)[0])
        return self._stems[word]

    def is_foreign(self, page: str) -> bool:
        """Whether a page has more of the little words of English, as that of a licence has, than of the language's."""
        if self._english is self.table or not self.table.documents:
            return False
        words = [word for words in segments(fold(page)) for word in words]
        own, english = (sum(map(table.is_stop, words)) for table in (self.table, self._english))
        return english > own

    def is_little(self, word: str) -> bool:
        """Whether a word is too common to mean anything."""
        if word not in self._little:
            inverted = self.language == "fr" and _INVERTED.search(word) is not None
            self._little[word] = inverted or self.table.is_stop(word) or self._english.is_stop(word)
        return self._little[word]

    def may_end(self, word: str, several: bool) -> bool:
        """Whether a phrase, of several words or of this one, may begin or end with it."""
        if self.is_little(word) or word in _NOT_A_KEYWORD or not _LETTERS.search(word):
            return False
        if several and self.table.is_stop(word, EDGE):
            return False
        if not several and self._is_form(word):
            return False
        if is_unspaced(word):
            return True
        # Without a table there is nothing else to tell the little words of the language by.
        return len(word) >= (4 if not self.table.documents else 2 if several or not word.isascii() else 3)

    def _is_form(self, word: str) -> bool:
        """Whether a word by itself is mostly a form of another that means little, or of a verb."""
        if self.language in _VERBAL and _VERBAL[self.language].fullmatch(word):
            return True
        # In English a noun as "commands" is more often meant than a verb.
        return self.language != "en" and self.stem(word) in self._little_stems

    def is_name(self, written: str) -> bool:
        """Whether a word as written may be said to people: "lc" and "jon90" are names of things in a program."""
        if not self.table.documents or not written.islower() or not written.isascii() or written in _JOINING:
            return True
        if len(written) <= SHORT_WORD or _NUMBERED.search(written):
            return written in self.table.counts
        return True


def _by_score(candidate: _Candidate) -> tuple[float, tuple[str, ...]]:
    return -candidate.score, candidate.words


def _ask(archive: Archive, best: list[_Candidate], known: _Known) -> None:
    """Score again with what the archive knows."""
    documents = archive.documents()
    for candidate in best:
        more = archive.frequency(" ".join(candidate.words), known.language)
        candidate.score = candidate.weight * known.telling(candidate.words, more, documents)
    best.sort(key=_by_score)


def _candidates(pages: Sequence[str], known: _Known) -> list[_Candidate]:
    """Every phrase that is used at least twice and could be a keyword; in a very short text once is enough."""
    uses = _uses(pages, known)
    early = set(accumulate((len(page) for page in pages), initial=0))
    last_early = sum(1 for before in early if before < EARLY) - 1
    short = sum(len(found) for phrase, found in uses.items() if len(phrase) == 1) < SHORT
    candidates = (
        _candidate(phrase, found, last_early)
        for phrase, found in uses.items()
        if len(found) > 1 or (short and len(phrase) <= 2)
    )
    likely = (candidate for candidate in candidates if _is_keyword(candidate, known, len(pages)))
    return [candidate for candidate in likely if len(candidate.stems) > 1 or not _leads_on(candidate.stems[0], uses)]


def _candidate(phrase: tuple[str, ...], uses: list[tuple[int, str]], last_early: int) -> _Candidate:
    written = Counter([form for _, form in uses])
    common = max(written, key=written.__getitem__)
    pages = {page for page, _ in uses}
    return _Candidate(phrase, written, common, tuple(fold(common).split()), len(pages), min(pages) <= last_early)


def _leads_on(stem: str, uses: _Uses) -> bool:
    """Whether a word mostly says what else is meant, as the "list" of "list of packages", or what is done to it."""
    count = len(uses[stem,])
    heading, doing = (sum(len(uses.get((stem, word), ())) for word in words) for words in (_OF, _ARTICLES))
    return heading >= HEADS * count or (doing > 1 and doing > DOES * count)


def _uses(pages: Sequence[str], known: _Known) -> _Uses:
    """Every phrase by its stems."""
    uses: _Uses = defaultdict(list)
    for number, page in enumerate(pages):
        for stemmed, written in _phrases(page, known):
            uses[stemmed].append((number, written))
    return uses


def _phrases(page: str, known: _Known) -> Iterator[tuple[tuple[str, ...], str]]:
    """The stems of each phrase of a page, and the phrase as written, without an article elided at its beginning."""
    said = "\n".join(_GAP if _is_code(line) else line for line in page.split("\n"))
    for words in segments(apart(_CODE.sub(_GAP, said))):
        stemmed = [known.stem(word) for word in words]
        for first, written in enumerate(words):
            word = _ELIDED.sub("", written)
            beginning = stemmed[first] if word == written else known.stem(word)
            yield (beginning,), word
            for last in range(first + 1, min(first + LONGEST, len(words))):
                yield (beginning, *stemmed[first + 1 : last + 1]), " ".join([word, *words[first + 1 : last + 1]])


def _is_code(line: str) -> bool:
    """Whether a line, or a paragraph that is one line, is said to a machine, or is a row of numbers."""
    words = max(len(_WORD.findall(line)), 1)
    return len(_SIGN.findall(line)) * 3 > words or len(_NUMBER.findall(line)) >= max(words, 2)


def _is_keyword(candidate: _Candidate, known: _Known, pages: int) -> bool:
    words = candidate.words
    ends = (words[0], _ELIDED.sub("", words[-1]))
    return (
        all(known.may_end(word, len(words) > 1) for word in ends)
        and all(word in _JOINING or not known.is_little(word) for word in words[1:-1])
        and all(map(known.is_name, candidate.common.split()))
        and len(set(words)) == len(words)
        and not _is_furniture(candidate, pages)
    )


def _is_furniture(candidate: _Candidate, pages: int) -> bool:
    return pages >= FURNITURE_PAGES and candidate.pages > FURNITURE * pages and candidate.count < 1.2 * candidate.pages


def _distinct(best: list[_Candidate]) -> list[_Candidate]:
    """The candidates without those that say the same in other words: one stands in another."""
    chosen: list[tuple[frozenset[str], _Candidate]] = []
    for candidate in best:
        own = frozenset(candidate.stems)
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
    small = max(
        (written for written in candidate.written if written == written.lower()),
        key=lambda written: candidate.written[written],
        default="",
    )
    often = candidate.written[small] * 2 >= candidate.written[candidate.common]
    return small if often else candidate.common
