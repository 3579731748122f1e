"""What people type -> a Search: plain values that say what must match, what must not, and within which bounds.

    words that must all be there        "an exact phrase"        -without        one OR another
    title:word   author:"two words"     lang:es   year:2010-2015   year:>2010   pages:>100

The names of the fields are understood in the languages of the interface. Whatever is not understood is a word. Nothing
typed raises, and nothing typed reaches the engine's own query syntax.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from pliego.search.analysis import fold, folded_tokens, is_unspaced, words_of

MAX_LENGTH = 400
"""Characters that are looked at."""
MAX_TERMS = 16
"""Terms that are looked for; what comes after them is left out."""

FIELDS = {
    "title": "title", "titulo": "title", "titre": "title", "titel": "title",
    "author": "author", "autor": "author", "autora": "author", "auteur": "author",
    "lang": "language", "language": "language", "idioma": "language", "lengua": "language", "langue": "language",
    "sprache": "language", "lingua": "language",
    "year": "year", "ano": "year", "annee": "year", "jahr": "year",
    "pages": "pages", "paginas": "pages", "seiten": "pages",
}  # fmt: skip
"""Every name of a field that is understood, folded, and what it means."""

_LANGUAGES = {
    "es": "espanol spanish espagnol espanhol spanisch castellano", "en": "english ingles anglais englisch",
    "fr": "francais french frances franzosisch", "pt": "portugues portuguese portugais portugiesisch",
    "de": "deutsch german aleman allemand alemao", "it": "italiano italian italien italienisch",
    "ca": "catala catalan katalanisch", "gl": "galego gallego galician", "eu": "euskara basque vasco",
    "ru": "russian ruso russe russisch", "zh": "chinese chino chinois chinesisch", "ja": "japanese japones japonais",
    "ar": "arabic arabe arabisch",
}  # fmt: skip
_LANGUAGE_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}

_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_ITEM = re.compile(
    rf"""(?P<minus>(?<!\S)[-\u2212\u2013])?
        (?:(?P<field>[^\W\d_]{{2,10}}):(?=\S))?
        (?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]+))""",
    re.VERBOSE,
)
_RANGE = re.compile(r"(?P<sign>[<>]=?)?(?P<low>\d{1,9})?(?P<to>-|\.\.|\u2013)?(?P<high>\d{1,9})?")
_OR = {"OR", "|", "||"}


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that follow each other, as typed."""

    text: str
    tokens: tuple[str, ...]
    """Folded, never empty."""
    word: str = ""
    """The one word in small letters with its accents, to be stemmed; "" when only the exact tokens count."""
    field: str = ""
    """"title", "author", or "" for anywhere."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From ``low`` to ``high``, both inclusive; None is open."""

    low: int | None = None
    high: int | None = None

    def hold(self, number: int) -> bool:
        """Whether a number lies within."""
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)

    def within(self, other: "Bounds") -> "Bounds":
        """What both allow."""
        lows = [bound for bound in (self.low, other.low) if bound is not None]
        highs = [bound for bound in (self.high, other.high) if bound is not None]
        return Bounds(max(lows, default=None), min(highs, default=None))


ANY = Bounds()
NO_LANGUAGE = "-"
"""In place of a code: no document has it."""


@dataclass(frozen=True, slots=True)
class Search:
    """One of each group of ``required`` must match, none of ``excluded``, within all bounds."""

    required: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    languages: frozenset[str] = frozenset()
    """ISO 639-1 codes of which one must be the document's; empty: any."""
    not_languages: frozenset[str] = frozenset()
    years: Bounds = ANY
    pages: Bounds = ANY

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return self != Search()

    @property
    def words(self) -> tuple[str, ...]:
        """The required words as typed, for links and for what a reader lights up."""
        return tuple(term.text for group in self.required for term in group)

    def narrowed(self, languages: Collection[str] = (), years: Bounds = ANY, pages: Bounds = ANY) -> "Search":
        """The same search within the choices of a form too."""
        both = self.languages | frozenset(languages)
        if self.languages and languages:
            both = self.languages & frozenset(languages) or frozenset({NO_LANGUAGE})
        return replace(self, languages=both, years=self.years.within(years), pages=self.pages.within(pages))


def parse(text: str) -> Search:
    """The Search for what somebody typed; an empty one, which is false, when nothing can be looked for."""
    reading = _Reading()
    for item in _ITEM.finditer(text[:MAX_LENGTH]):
        reading.take(item)
    return reading.search()


class _Reading:
    """What has been understood so far."""

    def __init__(self) -> None:
        self.groups: list[tuple[Term, ...]] = []
        self.excluded: list[Term] = []
        self.languages: set[str] = set()
        self.not_languages: set[str] = set()
        self.bounds = {"year": ANY, "pages": ANY}
        self.either = False
        self.count = 0

    def search(self) -> Search:
        return Search(
            tuple(self.groups),
            tuple(self.excluded),
            frozenset(self.languages),
            frozenset(self.not_languages),
            self.bounds["year"],
            self.bounds["pages"],
        )

    def take(self, item: re.Match[str]) -> None:
        phrase, word, minus = item["phrase"], item["word"], bool(item["minus"])
        if word in _OR and not item["field"] and not minus:
            self.either = bool(self.groups)
            return
        field = FIELDS.get(fold(item["field"] or ""), "")
        value = phrase if phrase is not None else word
        if field in {"", "title", "author"} or not self._bound(field, value, minus):
            typed = value if field in {"title", "author"} or not item["field"] else f"{item['field']} {value}"
            exact = phrase is not None or ((minus or self.either) and is_unspaced(typed))
            self._add(list(_terms(typed, exact, field if field in {"title", "author"} else "")), minus)
        self.either = False

    def _bound(self, field: str, value: str, minus: bool) -> bool:
        """Take a language or a range; False when the value is none."""
        if field == "language":
            code = language_code(value)
            (self.not_languages if minus else self.languages).update({code} - {""})
            return bool(code)
        bounds = None if minus else bounds_of(value)
        if bounds is not None:
            self.bounds[field] = self.bounds[field].within(bounds)
        return bounds is not None

    def _add(self, terms: list[Term], minus: bool) -> None:
        terms = terms[: MAX_TERMS - self.count]
        self.count += len(terms)
        if minus:
            self.excluded += terms
        elif self.either and terms:
            self.groups[-1] = (*self.groups[-1], *terms)
        else:
            self.groups += [(term,) for term in terms]


def language_code(value: str) -> str:
    """The ISO 639-1 code for a code or the name of a language, "" for anything else."""
    folded = fold(value.strip())
    if re.fullmatch("[a-z]{2}", folded):
        return folded
    return _LANGUAGE_CODES.get(folded, "")


def bounds_of(value: str) -> Bounds | None:
    """The range that `2010`, `2010-2015`, `2010..`, `-2015`, `>2010` or `<=2015` means; None for anything else."""
    found = _RANGE.fullmatch(value.strip())
    if found is None or not (found["low"] or found["high"]):
        return None
    low, high = (int(found[side]) if found[side] and found[side].isascii() else None for side in ("low", "high"))
    sign = found["sign"]
    if sign:
        if found["to"] or low is None:
            return None
        number = low + (sign == ">") - (sign == "<")
        return Bounds(low=number) if sign[0] == ">" else Bounds(high=number)
    if not found["to"]:
        return Bounds(low, low) if high is None else None
    return Bounds(low, high)


def _terms(text: str, phrase: bool, field: str) -> Iterator[Term]:
    """The terms of one word or phrase: a word of a script without spaces is one term for each pair of characters."""
    tokens = tuple(folded_tokens(text))
    if not tokens:
        return
    if phrase or (len(tokens) > 1 and not is_unspaced(text)):
        yield Term(text, tokens, field=field)
        return
    for word in words_of(text):
        for token in fold(word).split():
            yield Term(text if len(tokens) == 1 else token, (token,), word=word, field=field)
