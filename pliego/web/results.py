"""A page of search results as templates draw it: every choice, sort order and page is a link that says it all."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext_lazy

from pliego.documents.models import Document, State
from pliego.documents.narrowing import LENGTHS
from pliego.documents.people import names
from pliego.documents.printed import labels_of
from pliego.documents.searching import LAST_PAGE, ORDERS, Answer, FoundDocument, FoundPage, Question
from pliego.search.query import MAX_LENGTH
from pliego.search.snippets import Piece
from pliego.web.languages import language_name

PARAMETERS = {"text": "q", "language": "lang", "year": "year", "length": "length", "order": "sort", "page": "page"}
"""The fields of a Question and their names in an address."""
LENGTH_NAMES: dict[str, str | Promise] = {
    "short": gettext_lazy("up to 10 pages"),
    "medium": gettext_lazy("11 to 50 pages"),
    "long": gettext_lazy("51 to 200 pages"),
    "book": gettext_lazy("more than 200 pages"),
}
ORDER_NAMES: dict[str, str | Promise] = {
    "relevance": pgettext_lazy("order", "Best first"),
    "newest": pgettext_lazy("order", "Newest first"),
    "viewed": pgettext_lazy("order", "Most viewed first"),
}
_PICTURE = (
    '<img src="{0}?w=200" srcset="{0}?w=200 200w, {0}?w=400 400w" sizes="6.5rem" width="{1}" height="{2}" alt=""'
    ' loading="lazy" decoding="async">'
)
_PLACE = '<li><a href="{}"><span class="number" lang="{}">{}</span> <span dir="auto">{}</span></a></li>'
_PLAIN = Question("")


@dataclass(frozen=True, slots=True)
class Link:
    """A choice and where it leads; a chosen one leads to the results without it."""

    label: str | Promise
    url: str
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A document and its best pages, as the page shows them: made here, as templates would take ten times as long."""

    document: Document
    title: str
    url: str
    facts: str
    """Year, length and language."""
    picture: str
    """Its first page, as HTML, "" where there is none."""
    places: str
    """Its pages that hold the words, as HTML: a list item for each, linked to where they are lit."""
    copies: int
    """How many copies and near copies were found with it."""
    others: list[Link]
    """These, or some of them."""


@dataclass(frozen=True, slots=True)
class Results:
    """All that a page of results shows beside its sentences."""

    question: Question
    answer: Answer

    @property
    def documents(self) -> list[Result]:
        """The documents with links to their pages."""
        return [_result(found) for found in self.answer.documents]

    @property
    def orders(self) -> list[Link]:
        """The ways to sort."""
        return [
            Link(
                ORDER_NAMES[order],
                address(replace(self.question, order=order, page=1)),
                chosen=order == self.question.order,
            )
            for order in ORDERS
        ]

    @property
    def languages(self) -> list[Link]:
        """The languages of what was found."""
        return self._links("language", self.answer.languages, language_name)

    @property
    def years(self) -> list[Link]:
        """The years of what was found."""
        return self._links("year", self.answer.years, str)

    @property
    def lengths(self) -> list[Link]:
        """The lengths of what was found."""
        return self._links("length", self.answer.lengths, LENGTH_NAMES.__getitem__)

    @property
    def previous(self) -> str:
        """The page of results before this one, "" on the first."""
        return address(replace(self.question, page=self.question.page - 1)) if self.question.page > 1 else ""

    @property
    def following(self) -> str:
        """The page of results after this one, "" on the last."""
        more = self.question.page < self.answer.pages
        return address(replace(self.question, page=self.question.page + 1)) if more else ""

    @property
    def meant(self) -> Link | None:
        """The search that was perhaps meant."""
        other = self.question.with_words(self.answer.meant)
        return Link(other.text, address(other)) if other != self.question else None

    @property
    def fewer_words(self) -> list[Link]:
        """Each word that nothing holds, and the search without it, "" where it is the only word."""
        shorter = ((word, self.question.without_word(word)) for word in self.answer.unmatched)
        return [Link(word, address(other) if other.text != self.question.text else "") for word, other in shorter]

    @property
    def fewer_choices(self) -> list[Link]:
        """Each choice without which something is found, and how much."""
        names: dict[str, Callable[[], str | Promise]] = {
            "language": lambda: language_name(self.question.language),
            "year": lambda: str(self.question.year),
            "length": lambda: LENGTH_NAMES[self.question.length],
        }
        return [
            Link(names[choice](), address(self.question.without(choice)), total) for choice, total in self.answer.wider
        ]

    def _links(
        self, choice: str, counted: Iterable[tuple[Any, int]], name: Callable[[Any], str | Promise]
    ) -> list[Link]:
        chosen = getattr(self.question, choice)
        left = address(self.question.without(choice))
        onward = f"{left}{'&' if '?' in left else '?'}{PARAMETERS[choice]}="
        return [
            Link(name(value), left if value == chosen else f"{onward}{value}", count, chosen=value == chosen)
            for value, count in counted
        ]


def asked(parameters: QueryDict) -> Question:
    """The question that an address asks. What is not understood in it is passed over: nothing typed is an error."""
    text = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", parameters.get("q", ""))
    language, year = parameters.get("lang", ""), parameters.get("year", "")
    length, order, page = parameters.get("length", ""), parameters.get("sort", ""), parameters.get("page", "")
    return Question(
        text=text.strip()[:MAX_LENGTH],
        language=language if re.fullmatch("[a-z]{2}", language) else "",
        year=int(year) if re.fullmatch("[0-9]{1,4}", year) else 0,
        length=length if length in LENGTHS else "",
        order=order if order in ORDERS else ORDERS[0],
        page=min(int(page), LAST_PAGE) if re.fullmatch("[1-9][0-9]{0,3}", page) else 1,
    )


def address(question: Question, route: str = "site:search") -> str:
    """The address that asks a question; what is left open is left out."""
    query = urlencode(list(_parameters(question)))
    return _path(route, get_language()) + (f"?{query}" if query else "")


@lru_cache(maxsize=64)
def _path(route: str, _language: str | None) -> str:
    """The address of a page in the language that is spoken: a page of results has it in a dozen links."""
    return reverse(route)


def phrase_links(phrases: Iterable[str]) -> list[Link]:
    """The search for each of some phrases."""
    words = {phrase: phrase.replace('"', " ") for phrase in phrases}
    return [Link(phrase, address(Question(f'"{said}"' if " " in said else said))) for phrase, said in words.items()]


def author_links(document: Document) -> list[Link]:
    """The page of each author, for a document that is listed there."""
    found = names(document.author, document.language) if document.public else []
    return [Link(name.direct, reverse("site:author", args=[name.direct])) for name in found]


def _parameters(question: Question) -> Iterator[tuple[str, Any]]:
    for name, parameter in PARAMETERS.items():
        value = getattr(question, name)
        if value != getattr(_PLAIN, name):
            yield parameter, value


def _result(found: FoundDocument) -> Result:
    document = found.document
    drawn = not document.locked and document.file.pictures_state != State.FAILED
    lead = document.page_url(1).removesuffix("1")  # made once and not for each of thirty pages
    labels = labels_of(document)
    return Result(
        document=document,
        title=document.title,
        url=document.get_absolute_url(),
        facts=" · ".join(_facts(document)),
        picture=_picture(document) if drawn else "",
        places=format_html_join("\n", _PLACE, (_place(lead, page, labels.of(page.number)) for page in found.pages)),
        copies=found.copies,
        others=[Link(" · ".join((other.title, *_facts(other))), other.get_absolute_url()) for other in found.others],
    )


def _facts(document: Document) -> Iterator[str]:
    if document.year:
        yield str(document.year)
    if (pages := document.file.pages) and not document.locked:
        yield ngettext("%(pages)s page", "%(pages)s pages", pages) % {"pages": localize(pages)}
    else:
        yield filesizeformat(document.file.size)
    if document.language:
        yield language_name(document.language)


def _picture(document: Document) -> str:
    width, height = (document.file.facts_json.get("page_sizes") or [[595, 842]])[0][:2]
    return format_html(_PICTURE, reverse("web:picture", args=[document.named_as_it_is, 1]), round(width), round(height))


def _place(lead: str, found: FoundPage, label: str) -> tuple[str, str | None, str, str]:
    url = f"{lead}{found.number}"
    if found.words:
        url += f"?{urlencode({'q': found.words})}"
    name = gettext("Page %(number)s") % {"number": label or localize(found.number)}
    return url, get_language(), name, marked(found.snippet)


def marked(pieces: Sequence[Piece]) -> str:
    """A snippet as HTML: each piece is escaped, then marked."""
    form = "".join("<mark>{}</mark>" if piece.marked else "{}" for piece in pieces)
    return format_html(form, *(piece.text for piece in pieces)) if pieces else ""
