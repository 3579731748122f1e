"""Text to tokens: folded (accents and case forgiven) and stemmed (Snowball, in the language of the text).

Both come as one string with a space between tokens, so that the engine only has to split at spaces. Scripts written
without spaces between words (Chinese, Japanese, Thai, ...) and Korean, where particles stick to words, become
overlapping pairs of characters.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import Stemmer

VERSION = "1"
"""Goes up when the tokens of the same text change: an index of another version is stale."""

MAX_TOKEN = 64
"""Characters; a longer run is cut into tokens of this length."""

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""ISO 639-1 code to Snowball algorithm. A language that is not here keeps its folded forms."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005\u3006\u3040-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\uac00-\ud7a3"  # Hangul
)


def _ranges(characters: Iterable[int]) -> str:
    """The inside of a character class."""
    parts: list[list[int]] = []
    for code in characters:
        if parts and code == parts[-1][1] + 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in parts)


# Vowel signs and other marks belong to their word, but `\w` leaves them out.
_MARKS = _ranges(c for c in range(0x300, 0x1F000) if unicodedata.category(chr(c)) in {"Mn", "Mc"})
_RUN = re.compile(rf"\w+(?:[{_MARKS}]+\w*)*")
# Latin, Greek and Cyrillic letters and all usual punctuation: no marks among them.
_PERHAPS_MARK = re.compile("[^\x00-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u20cf\u2100-\u2bff\ufb00-\ufb06]")
_PLAIN_RUN = re.compile(r"\w+")  # twice as fast, and the same in a text without such marks
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]+")
_PARTS = re.compile(rf"(_+|[{_UNSPACED}]+)")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|dell|all|nell|sull|dall)['’](?=\w)|(?<=\w)['’]s\b")
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NO_DECOMPOSITION = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h", "ŧ": "t",
}  # fmt: skip
_LETTERS = re.compile("[" + "".join(_NO_DECOMPOSITION) + "]")
# The marks of Latin, Greek, Cyrillic, Hebrew and Arabic are forgiven; those of other scripts are vowels or sounds.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]")

_stemmers = threading.local()


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of one text, space-separated, and its words in small letters as written."""

    folded: str
    stemmed: str
    words: list[str]


class Token(NamedTuple):
    """One token and where it stands in the text, in characters."""

    start: int
    end: int
    folded: str
    position: int
    """Its place among all tokens of the text, from 0."""


def fold(text: str) -> str:
    """Without case, accents and compatibility forms: "Ærøskøbing" and "AEROSKOBING" become the same."""
    if text.isascii():
        return text.lower()
    plain = _LETTERS.sub(lambda found: _NO_DECOMPOSITION[found[0]], text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", plain)))


def analyse(text: str, language: str) -> Analysis:
    """The tokens of a text; ``language`` is an ISO 639-1 code, "" when it is not known."""
    words = words_of(text)
    folded = fold(" ".join(words))
    stemmed = fold(" ".join(stems(words, language))) if language in STEMMERS else folded
    return Analysis(folded, stemmed, words)


def words_of(text: str) -> list[str]:
    """The words in small letters with their accents; runs without spaces come as pairs of characters."""
    words = _RUN.findall(_prepared(text))
    if max(map(len, words), default=0) > MAX_TOKEN:
        return [word[at : at + MAX_TOKEN] for word in words for at in range(0, len(word), MAX_TOKEN)]
    return words


def folded_tokens(text: str) -> list[str]:
    """The tokens of the folded field."""
    return fold(" ".join(words_of(text))).split()


def stems(words: list[str], language: str) -> list[str]:
    """The stems of words as words_of gives them, accents kept; the words themselves without a stemmer."""
    stemmer = _stemmer(language)
    return stemmer.stemWords(words) if stemmer else words


@lru_cache(maxsize=1_000)
def stem_forms(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The folded stems that a word may have in any of these languages, its folded form first, none twice.

    Both the word as typed and its folded form are stemmed: people leave accents out.
    """
    forms = {fold(word): None}
    for language in languages:
        forms.update(dict.fromkeys(fold(stem) for stem in stems([word, fold(word)], language)))
    return tuple(forms)


Known = dict[str, tuple[int, list[Token]]]
"""For runs of letters as written: how many tokens they have, and which of these are wanted."""


def tokens(
    text: str,
    wanted: Callable[[str, str], bool] = lambda folded, written: True,  # noqa: ARG005
    known: Known | None = None,
) -> Iterator[Token]:
    """The tokens that are ``wanted``, by their folded form and as written; it is asked once about each form.

    For runs without spaces these are pairs of characters. Whoever looks through several texts for the same keeps
    ``known`` from one to the next.
    """
    known = {} if known is None else known
    position = 0
    for run in (_RUN if _PERHAPS_MARK.search(text) else _PLAIN_RUN).finditer(text):
        written = run[0]
        entry = known.get(written)
        if entry is None:
            found = _tokens_of(written)
            entry = known[written] = len(found), [token for token in found if wanted(token.folded, written)]
        count, kept = entry
        for first, last, folded, at in kept:
            yield Token(run.start() + first, run.start() + last, folded, position + at)
        position += count


def is_unspaced(text: str) -> bool:
    """Whether the text holds a script whose words are found by pairs of characters."""
    return _UNSPACED_RUN.search(text) is not None


@lru_cache(maxsize=20_000)
def _tokens_of(run: str) -> tuple[Token, ...]:
    """The tokens of one run of letters, with places from its beginning."""
    found: list[Token] = []
    at = 0
    for piece in _PARTS.split(run):
        for offset, part in enumerate(_pairs(piece) if _UNSPACED_RUN.fullmatch(piece) else [piece.strip("_")]):
            if part:
                start = at + offset
                found.append(Token(start, start + len(part), fold(_INVISIBLE.sub("", part)), len(found)))
        at += len(piece)
    return tuple(found)


def _prepared(text: str) -> str:
    text = text.replace("_", " ").lower()
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
        text = _UNSPACED_RUN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", text)
    return _ELISION.sub("", text) if "'" in text or "’" in text else text


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    """One stemmer per thread and language: they keep state while they work."""
    algorithm = STEMMERS.get(language)
    if algorithm is None:
        return None
    found = getattr(_stemmers, algorithm, None)
    if found is None:
        found = Stemmer.Stemmer(algorithm, 50_000)
        setattr(_stemmers, algorithm, found)
    return found
