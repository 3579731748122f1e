"""Ways in without a query: authors, subjects, languages and years, and the documents under each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import catalog, topics
from pliego.documents.models import Kind
from pliego.documents.searching import Question
from pliego.errors import NotFound
from pliego.web import feeds
from pliego.web.languages import language_name
from pliego.web.results import Link, address

SUBJECTS = 60
AUTHORS = 40
YEARS = 40
LANGUAGES = 40
ENOUGH = 20
"""So many that several documents share leave no room for those of one alone, which are mostly odd."""


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """Show what there is most of."""
    context = {
        "subjects": _topics(Kind.KEYWORD, "site:subject", SUBJECTS),
        "authors": _topics(Kind.AUTHOR, "site:author", AUTHORS),
        "languages": [
            Link(language_name(entry.text), address(Question("", language=entry.text)), entry.count)
            for entry in topics.entries(ANONYMOUS, Kind.LANGUAGE, LANGUAGES)
        ],
        "years": [
            Link(entry.text, address(Question("", year=int(entry.text))), entry.count)
            for entry in sorted(topics.entries(ANONYMOUS, Kind.YEAR, YEARS), key=lambda entry: -int(entry.text))
        ],
    }
    return _fresh(render(request, "explore/explore.html", context))


@require_safe
def author(request: HttpRequest, name: str) -> HttpResponse:
    """Show the documents by an author, newest first."""
    return _documents(request, Kind.AUTHOR, name)


@require_safe
def subject(request: HttpRequest, name: str) -> HttpResponse:
    """Show the documents about a subject, newest first."""
    return _documents(request, Kind.KEYWORD, name)


def _documents(request: HttpRequest, kind: Kind, name: str) -> HttpResponse:
    entry = topics.entry(ANONYMOUS, kind, name)
    if entry is None:
        raise NotFound
    listing = catalog.page_of(topics.documents_under(ANONYMOUS, kind, name), request.GET.get("after", ""))
    context = {
        "kind": kind.value,
        "entry": entry,
        "documents": listing.documents,
        "following": listing.following,
        "feed": reverse("site:author_feed", args=[entry.text]) if kind is Kind.AUTHOR else "",
        "search": address(Question(f'author:"{entry.text}"' if kind is Kind.AUTHOR else f'"{entry.text}"')),
    }
    return _fresh(render(request, "explore/topic.html", context))


@require_safe
def author_feed(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the documents by an author as Atom, newest first, a page at a time."""
    entry = topics.entry(ANONYMOUS, Kind.AUTHOR, name)
    if entry is None:
        raise NotFound
    listing = catalog.page_of(topics.documents_under(ANONYMOUS, Kind.AUTHOR, name), request.GET.get("after", ""))
    return feeds.page(request, entry.text, reverse("site:author", args=[entry.text]), listing)


def _topics(kind: Kind, route: str, most: int) -> list[Link]:
    found = topics.entries(ANONYMOUS, kind, most)
    shared = [entry for entry in found if entry.count > 1]
    if len(shared) >= ENOUGH:
        found = shared
    found.sort(key=lambda entry: entry.text.casefold())
    return [Link(entry.text, reverse(route, args=[entry.text]), entry.count) for entry in found]


def _fresh(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-cache"
    return response
