"""Searching the whole archive: a page of results, the same as a feed, suggestions while typing."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import searching
from pliego.documents.addresses import in_full
from pliego.web import feeds
from pliego.web.results import Results, address, asked


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the documents and pages that hold the words; without words, the ways in."""
    question = asked(request.GET)
    results = Results(question, searching.search(ANONYMOUS, question))
    feed = address(replace(question, page=1, order="relevance"), "site:search_feed")
    return _fresh(render(request, "search/search.html", {"question": question, "results": results, "feed": feed}))


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with the newest documents of a search as Atom (RFC 4287)."""
    question = replace(asked(request.GET), order="newest", page=1)
    answer = searching.search(ANONYMOUS, question)
    words = question.text or gettext("Search")
    page = address(replace(question, order="relevance"))
    atom = feeds.feed(request, words, page)
    for found in answer.documents:
        pieces = found.pages[0].snippet if found.pages else ()
        feeds.add(request, atom, found.document, "".join(piece.text for piece in pieces))
    return feeds.answer(request, atom)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer with how what is typed may go on, as OpenSearch suggestions: [typed, [suggestion, ...]]."""
    typed = asked(request.GET).text
    found = searching.suggest(ANONYMOUS, typed)
    return _fresh(JsonResponse([typed, found], safe=False, content_type="application/x-suggestions+json"))


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """Answer with what a browser needs to offer this search in its own search box (OpenSearch 1.1)."""
    names = ("search", "search_feed", "suggest")
    context = {name: in_full(reverse(f"site:{name}"), request) for name in names}
    context["icon"] = in_full(static("img/touch.png"), request)
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "search/opensearch.xml", context, content_type=kind)


def _fresh(response: HttpResponse) -> HttpResponse:
    """Mark an answer that may be another one at the next request: what was public may no longer be."""
    response.headers["Cache-Control"] = "no-cache"
    return response
