"""Ways in without a query: authors, subjects, languages and years, and the documents under each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import catalog, topics
from pliego.documents.models import Kind
from pliego.documents.searching import Question
from pliego.documents.topics import Entry
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
    found = topics.largest(ANONYMOUS, SUBJECTS)
    context = {
        "subjects": _links(found[Kind.KEYWORD], "site:subject"),
        "authors": _links(found[Kind.AUTHOR][:AUTHORS], "site:author"),
        "languages": [
            Link(language_name(entry.text), address(Question("", language=entry.text)), entry.count)
            for entry in found[Kind.LANGUAGE][:LANGUAGES]
        ],
        "years": [
            Link(entry.text, address(Question("", year=int(entry.text))), entry.count)
            for entry in sorted(found[Kind.YEAR][:YEARS], key=lambda entry: -int(entry.text))
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


def _links(entries: list[Entry], route: str) -> list[Link]:
    shared = [entry for entry in entries if entry.count > 1]
    shown = sorted(shared if len(shared) >= ENOUGH else entries, key=lambda entry: entry.text.casefold())
    return [Link(entry.text, reverse(route, args=[entry.text]), entry.count) for entry in shown]


def _fresh(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-cache"
    return response
