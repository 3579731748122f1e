"""Text to tokens: folded (accents and case forgiven) and stemmed (Snowball, in the language of the text).

Both come as one string with a space between tokens, so that the engine only has to split at spaces. Scripts written
without spaces between words (Chinese, Japanese, Thai, ...) and Korean, where particles stick to words, become
overlapping pairs of characters.
"""

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import Stemmer

VERSION = "2"
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

_ENDINGS = {
    "ca": {"ó": "on", "ans": "an", "ins": "in", "ens": "en"},
    "es": {"des": "d", "nes": "n", "res": "r", "ces": "c", "z": "c"},
    "pt": {
        "ões": "ão",
        "ães": "ão",
        "oes": "ao",
        "aes": "ao",
        "ns": "m",
        "ais": "al",
        "éis": "el",
        "óis": "ol",
        "veis": "vel",
        "eis": "il",
    },
}
"""What an ending of the singular or plural becomes, where Snowball leaves them apart: "muj" for "mujer" and "mujer" for
"mujeres"."""
_ENDS_SO = {language: tuple(endings) for language, endings in _ENDINGS.items()}
_LEFT = 2
"""Letters before such an ending, at least."""

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
_SPACED = rf"[^\W_{_UNSPACED}]"  # a character of a token that is a whole word
_SPACED_RUN = re.compile(rf"(?<!{_SPACED}){_SPACED}+(?:[{_MARKS}]+{_SPACED}*)*")
_LETTER = re.compile(r"[^\W_]")
_PARTS = re.compile(rf"(_+|[{_UNSPACED}]+)")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|dell|all|nell|sull|dall)['’](?=\w)|(?<=\w)['’]s\b")
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NO_DECOMPOSITION = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h", "ŧ": "t",
}  # fmt: skip
_LETTERS = re.compile("[" + "".join(_NO_DECOMPOSITION) + "]")
# The marks of Latin, Greek, Cyrillic, Hebrew and Arabic are forgiven; those of other scripts are vowels or sounds.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]")
_SILENT_START = re.compile(rf"\A(?:{_ACCENTS.pattern}|{_INVISIBLE.pattern})+")

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
    if stemmer is None:
        return words
    if endings := _ENDS_SO.get(language):
        words = [_levelled(word, language) if word.endswith(endings) else word for word in words]
    found: list[str] = stemmer.stemWords(words)
    return found


def _levelled(word: str, language: str) -> str:
    """A word with one of the endings as what has the same stem in the singular and in the plural."""
    ending, other = next(pair for pair in _ENDINGS[language].items() if word.endswith(pair[0]))
    return word.removesuffix(ending) + other if len(word) >= len(ending) + _LEFT else word


def stem_forms(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The folded stems that a word may have in any of these languages, its folded form first, none twice."""
    return tuple(stem_languages(word, languages))


@lru_cache(maxsize=1_000)
def stem_languages(word: str, languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The folded stems that a word may have, each with its languages; the folded form first, with none.

    Both the word as typed and its folded form are stemmed: people leave accents out.
    """
    found: dict[str, tuple[str, ...]] = {fold(word): ()}
    for language in languages:
        for form in dict.fromkeys(fold(stem) for stem in stems([word, fold(word)], language)):
            if form != fold(word):
                found[form] = (*found.get(form, ()), language)
    return found


def tokens(text: str) -> Iterator[Token]:
    """All tokens of a text; for runs without spaces these are pairs of characters."""
    for run in (_PLAIN_RUN if is_plain(text) else _RUN).finditer(text):
        for first, last, folded in _tokens_of(run[0]):
            yield Token(run.start() + first, run.start() + last, folded)


class Likely:
    """Finds all tokens whose folded form has one of some beginnings, and some others, much faster than tokens().

    A beginning has one or two characters of a script with spaces.
    """

    def __init__(self, beginnings: Collection[str]) -> None:
        first = "".join(sorted({beginning[0] for beginning in beginnings}))
        short = min(map(len, beginnings)) == 1
        second = "" if short else "".join(sorted({beginning[1] for beginning in beginnings}))
        # One letter may fold to two.
        ahead = f"(?=[{_perhaps(second)}]|(?<=[^\x00-\x7f]))" if second else ""
        first = f"[{_perhaps(first)}](?<=[^\\W_])"
        self._run = re.compile(rf"{first}(?<![^\W_].){ahead}[^\W_]*", re.DOTALL)
        self._start = re.compile(rf"{first}(?:(?<![^\W_].)|(?<=[^\x00-\xff].)){ahead}", re.DOTALL)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The runs of characters that may be such a token."""
        return self._run.finditer(text) if is_plain(text) else self._marked(text)

    def _marked(self, text: str) -> Iterator[re.Match[str]]:
        """In a text with marks: a pattern that knows all of them takes long to be made, and is made once only."""
        end = 0
        for start in self._start.finditer(text):
            if start.start() >= end and (run := _SPACED_RUN.match(text, start.start())):
                end = run.end()
                yield run


def beginning_with(beginnings: Iterable[str]) -> Likely | None:
    """What finds tokens with one of these beginnings; None when one of them is of a script without spaces."""
    known = {beginning for beginning in beginnings if beginning}
    return Likely(known) if known and not any(map(is_unspaced, known)) else None


def together(text: str, one: Token, other: Token) -> bool:
    """Whether no word stands between two tokens of a text; what elision leaves of one does not count."""
    if is_unspaced(text[one.start]) and is_unspaced(text[other.start]):
        return other.start == one.start + 1
    if text[one.end : other.start] == " ":  # nearly always
        return True
    between = _ELISION.sub("", text[one.end - 1 : other.start + 1].lower())[1:-1]
    return other.start >= one.end and not _LETTER.search(between)


def _perhaps(letters: str) -> str:
    """The inside of a character class: all that may fold to something beginning with one of these, and more.

    Any letter beyond ASCII may fold to one of ASCII: a class that says so is made ten times as fast as one of them all.
    """
    plain = {*filter(str.isascii, letters)}
    if plain or not letters:
        return "^" + "".join(map(re.escape, sorted({*map(chr, range(128))} - plain - {*map(str.upper, plain)})))
    return "".join(re.escape(written) for letter in letters for written in _unfolded().get(letter, letter))


@lru_cache(maxsize=1)
def _unfolded() -> dict[str, str]:
    """For each folded character those that fold to it, or to it and more."""
    found: dict[str, str] = {}
    for character in map(chr, (*range(0x2E80), *range(0xA640, 0xAC00), *range(0xF900, 0x10000))):
        if character.isalnum() and (folded := fold(character)):
            found[folded[0]] = found.get(folded[0], "") + character
    return found


def is_plain(text: str) -> bool:
    """Whether the text has no marks that belong to words, and none of the scripts without spaces."""
    return text.isascii() or not _PERHAPS_MARK.search(text)


def is_unspaced(text: str) -> bool:
    """Whether the text holds a script whose words are found by pairs of characters."""
    return not text.isascii() and _UNSPACED_RUN.search(text) is not None


@lru_cache(maxsize=20_000)
def _tokens_of(run: str) -> tuple[Token, ...]:
    """The tokens of one run of letters, with places from its beginning."""
    found: list[Token] = []
    at = 0
    for piece in _PARTS.split(run):
        for offset, part in enumerate(_pairs(piece) if _UNSPACED_RUN.fullmatch(piece) else [piece.strip("_")]):
            end = at + offset + len(part)
            if heard := _SILENT_START.sub("", part):
                found.append(Token(end - len(heard), end, fold(_INVISIBLE.sub("", heard))))
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
        found = Stemmer.Stemmer(algorithm, 10_000)
        setattr(_stemmers, algorithm, found)
    return found
