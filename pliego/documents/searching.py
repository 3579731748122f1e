"""Finding documents by their words: hits grouped by document, each hit a page with a snippet.

What may be seen is decided by the database for every question, before anything is counted or quoted.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pliego.accounts.viewer import Viewer
from pliego.documents.engines import index
from pliego.documents.models import Document
from pliego.documents.narrowing import LENGTHS, Findable, rows_findable_by
from pliego.documents.reading import texts_of
from pliego.search.analysis import fold
from pliego.search.query import ANY, Bounds, Search, parse
from pliego.search.records import Allowed, DocumentHit, Found, Order, PageHit
from pliego.search.snapshot import RARE
from pliego.search.snippets import Finder, Piece, cut

PAGE_SIZE = 10
LAST_PAGE = 100
"""Nobody looks further but robots."""
PAGES_EACH = 3
OTHERS = 10
"""Copies of one document that are shown."""
ORDERS = ("relevance", "newest", "viewed")
CHOICES: dict[str, Any] = {"language": "", "year": 0, "length": ""}
"""The choices of the form, each as it is when nothing is chosen."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks for: the words as typed and the choices of the form; "" and 0 leave a choice open."""

    text: str
    language: str = ""
    year: int = 0
    length: str = ""
    order: str = "relevance"
    page: int = 1

    def search(self) -> Search:
        """The words and the choices as the engine takes them."""
        languages = [self.language] if self.language else []
        years = Bounds(self.year, self.year) if self.year else ANY
        return parse(self.text).narrowed(languages, years, LENGTHS.get(self.length, ANY))

    def chosen(self) -> list[str]:
        """The names of the choices that are made."""
        return [name for name, open_ in CHOICES.items() if getattr(self, name) != open_]

    def without(self, choice: str) -> "Question":
        """The same with one choice left open, from the first page on."""
        return replace(self, page=1, **{choice: CHOICES[choice]})

    def without_word(self, word: str) -> "Question":
        """The same without a word or phrase, with its field and quotation marks; itself when that says nothing more."""
        found = re.search(rf"""(?<!\S)(?:\w+:)?["“„«]?{re.escape(word)}["”“»]?(?!\w)""", self.text)
        left = " ".join(f"{self.text[: found.start()]} {self.text[found.end() :]}".split()) if found else ""
        return replace(self, page=1, text=left) if left else self

    def with_words(self, better: dict[str, str]) -> "Question":
        """The same with other words in the place of some."""
        text = self.text
        for word, other in better.items():
            text = text.replace(word, other, 1)
        return replace(self, page=1, text=text)


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that holds the words."""

    number: int
    snippet: tuple[Piece, ...]
    words: str
    """What was looked for, each word in the shortest form that stands on this page."""


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document and its best pages, none when only its title or another field matches."""

    document: Document
    pages: list[FoundPage]
    others: list[Document] = field(default_factory=list)
    """Copies and near copies of it that were found too, some of them when there are many."""
    copies: int = 0
    """How many there are."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of results."""

    documents: list[FoundDocument] = field(default_factory=list)
    total: int = 0
    complete: bool = True
    """Whether ``total`` is exact; else there are at least so many."""
    relaxed: bool = False
    """No document holds all the words: these hold most of them."""
    languages: list[tuple[str, int]] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)
    lengths: list[tuple[str, int]] = field(default_factory=list)
    """Choices with the number of documents behind each."""
    meant: dict[str, str] = field(default_factory=dict)
    """When not all words are found: what was perhaps meant by some of them."""
    unmatched: list[str] = field(default_factory=list)
    """When nothing is found: the words that no document holds."""
    wider: list[tuple[str, int]] = field(default_factory=list)
    """When nothing is found: choices to drop, with the number of documents there would be then."""

    @property
    def pages(self) -> int:
        """How many pages of results there are."""
        return min(-(-self.total // PAGE_SIZE), LAST_PAGE)


def search(viewer: Viewer, question: Question) -> Answer:
    """Answer a question with what this person may see; raise SearchUnavailable while there is no index."""
    asked = question.search()
    if not asked:
        return Answer()
    findable = Findable(viewer)
    offset = (question.page - 1) * PAGE_SIZE
    order = Order.NEWEST if question.order == "newest" else Order.RELEVANCE
    found = index().find(
        asked,
        allowed=findable,
        group=findable.group,
        lead=findable.lead,
        limit=PAGE_SIZE,
        offset=offset,
        pages_each=PAGES_EACH,
        order=order,
    )
    if not found.total:
        return _nothing(question, findable)
    hits = _most_viewed(found, asked, findable, offset) if question.order == "viewed" else found.documents
    return Answer(
        documents=_documents(viewer, hits, asked),
        total=found.total,
        complete=found.complete,
        relaxed=found.relaxed,
        meant=index().corrected(parse(question.text), allowed=findable) if found.relaxed or found.total <= RARE else {},
        **findable.choices(found.matching),
    )


def _nothing(question: Question, allowed: Allowed) -> Answer:
    """What helps when nothing is found. The choices of the form say nothing about the words."""
    words = parse(question.text)
    return Answer(
        meant=index().corrected(words, allowed=allowed),
        unmatched=index().unmatched(words, allowed=allowed),
        wider=_wider(question, allowed),
    )


def suggest(viewer: Viewer, typed: str) -> list[str]:
    """How what is typed may go on: a title, author, keyword or word, else the last word after those before it.

    What finds the same, but for case and accents, is there once.
    """
    findable = Findable(viewer)
    whole = _suggested(typed[:100], findable)
    before, space, last = typed.rstrip()[:100].rpartition(" ")
    return whole if whole or not space else [f"{before} {text}" for text in _suggested(last, findable)]


def _suggested(prefix: str, findable: Findable) -> list[str]:
    found: dict[str, str] = {}
    for suggestion in index().suggest(prefix, allowed=findable):
        found.setdefault(fold(suggestion.text), suggestion.text)
    return list(found.values())


def _wider(question: Question, allowed: Allowed) -> list[tuple[str, int]]:
    """The choices without which something is found."""
    totals = (
        (choice, index().find(question.without(choice).search(), allowed=allowed, limit=0).total)
        for choice in question.chosen()
    )
    return [(choice, total) for choice, total in totals if total]


def _most_viewed(found: Found, asked: Search, findable: Findable, offset: int) -> Iterable[DocumentHit]:
    """Documents by views; the engine knows nothing of views, so only those that it has counted are sorted."""
    ordered = Document.objects.filter(pk__in=found.matching).order_by("-view_count", "-created_at", "pk")
    groups: dict[str, list[str]] = {}
    for key in ordered.values_list("pk", flat=True):
        groups.setdefault(findable.group(key), []).append(key)
    shown = list(groups.values())[offset : offset + PAGE_SIZE]
    pages = index().best_pages(asked, [key for key, *_ in shown], PAGES_EACH)
    return [DocumentHit(key, 0.0, tuple(pages.get(key, ())), tuple(others)) for key, *others in shown]


class _Finders(dict[str, Finder]):
    """A finder for each language of what was found."""

    def __init__(self, asked: Search) -> None:
        super().__init__()
        self._asked = asked

    def __missing__(self, language: str) -> Finder:
        self[language] = Finder(self._asked, language)
        return self[language]


def _documents(viewer: Viewer, hits: Iterable[DocumentHit], asked: Search) -> list[FoundDocument]:
    hits = list(hits)
    finders = _Finders(asked)
    keys = [key for hit in hits for key in (hit.key, *hit.others[:OTHERS])]
    documents = rows_findable_by(viewer).all(keys)
    return [
        FoundDocument(
            documents[hit.key],
            _pages(documents[hit.key], hit.pages, finders),
            [documents[key] for key in hit.others[:OTHERS] if key in documents],
            len(hit.others),
        )
        for hit in hits
        if hit.key in documents
    ]


def _pages(document: Document, hits: Sequence[PageHit], finders: _Finders) -> list[FoundPage]:
    """The hits with their words; the index may know a page that is closed by now."""
    if document.locked:
        return []
    texts = texts_of(document.file, [hit.number for hit in hits])
    finder = finders[document.language]
    return [_page(hit.number, texts[hit.number], finder) for hit in hits if hit.number in texts]


def _page(number: int, text: str, finder: Finder) -> FoundPage:
    written: dict[int, str] = {}
    marks = finder.places(text)
    for start, end, term in marks:
        form = " ".join(text[start:end].split())
        written[term] = min(written.get(term, form), form, key=len)
    return FoundPage(number, cut(text, marks), " ".join(written.values()))
