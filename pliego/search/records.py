"""What goes into the index and what comes out: plain values."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pliego.errors import PliegoError, gettext_noop

Allowed = Callable[[Sequence[str]], Collection[str]]
"""Given some document keys, those that the person who asks may see. Asked in batches, each key once a question."""


Grouping = Callable[[str], str]
"""Given a key that is allowed: what it has in common with others that are found as one with it."""


Leading = Callable[[Sequence[str]], str]
"""Given the keys of some that are found as one and match about as well, the best first: the one to show for them."""


def alone(key: str) -> str:
    """Find every document by itself."""
    return key


def best(keys: Sequence[str]) -> str:
    """Show the one that matches best."""
    return keys[0]


def everyone(keys: Sequence[str]) -> Collection[str]:
    """Allow every document: for tests, benchmarks and operators."""
    return keys


class SearchUnavailable(PliegoError):
    """There is no index that can be read: it is being rebuilt, or was lost or damaged."""

    code = "search-unavailable"
    status = 503
    sentence = gettext_noop("Search is being prepared. Please try again in a few minutes.")


class State(StrEnum):
    """What a look at the index on disk finds."""

    READY = "ready"
    MISSING = "missing"
    STALE = "stale"
    """Made by another version of the analysis, which answers until it is rebuilt, or of the schema."""
    TORN = "torn"
    """Files are lost or damaged."""


class Order(StrEnum):
    """What comes first."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """The reading text of one page, hyphens undone and running heads left out."""

    number: int
    """From 1."""
    text: str
    language: str = ""
    """ISO 639-1 code, "" for the language of the document."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What is known about a document besides its pages."""

    key: str
    title: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    """Of the PDF, and those found in its text: also offered while somebody types."""
    description: str = ""
    file_name: str = ""
    language: str = ""
    """ISO 639-1 code, "" when unsure."""
    year: int = 0
    """0 when unknown."""
    pages: int = 0
    created: int = 0
    """Seconds since 1970, to sort by."""
    signature: bytes = b""
    """Of the text, see duplicates.signature; b"" when it is not to be found as a near copy."""
    stamp: str = ""
    """Whatever tells the caller that its record has changed since; given back by Index.stamps()."""


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page that holds what was asked for."""

    number: int
    score: float


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document and its best pages, none when only its title or another field matches."""

    key: str
    score: float
    pages: tuple[PageHit, ...] = ()
    others: tuple[str, ...] = ()
    """The keys of those found as one with it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results."""

    documents: tuple[DocumentHit, ...] = ()
    matching: tuple[str, ...] = ()
    """The keys of all documents that match and are allowed, for counts by year or language; at most COUNTED of them."""
    complete: bool = True
    """Whether ``matching`` holds all of them."""
    relaxed: bool = False
    """Nothing held all the words: these hold most of them."""
    total: int = 0
    """How many match, those found as one counted once; at least so many when not ``complete``."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document about the same subject."""

    key: str
    score: float
    shared: tuple[str, ...]
    """The words that count most for the likeness, best first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word or phrase of the archive that begins with what was typed."""

    text: str
    documents: int
    """About how many documents hold it, those not allowed included: to sort by, not to show."""
