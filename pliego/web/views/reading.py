"""The reader: a page of a document at its own address, the parts that it fetches, and the reading text."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from pliego.documents import catalog, reading, views_count
from pliego.documents.addresses import in_full
from pliego.documents.models import Counted, Document
from pliego.documents.numbers import whole
from pliego.documents.printed import labels_of
from pliego.errors import NotFound
from pliego.web import freshness, passages, prose, reader, social
from pliego.web.pages import MAIN_WIDTH, Mark, page_view, srcset
from pliego.web.places import asked_place
from pliego.web.viewers import viewer_of
from pliego.web.visits import visit_of

PANELS = ("outline", "thumbnails", "find")
STRIP = 12
"""Small pictures shown at a time where no script can show them all."""
STYLES = ("css/pliego.css", "css/search.css", "css/reader.css")
PICTURE_SIZES = "(width < 60rem) 96vw, 56rem"
SCRIPTS = ("reader", "labels", "layout", "leaf", "pages", "panel", "touch", "passage")
"""In the order in which they run; those that others import are fetched with them, not after them."""


def readable(request: HttpRequest, identifier: str) -> Document:
    """Return the document if this person may see it and it has pages that are open; else raise NotFound."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    if document.locked or document.file.unreadable:
        raise NotFound
    return document


def asked_words(request: HttpRequest) -> reader.Words:
    """Return the words to find that the address asks for."""
    return reader.Words(request.GET.get("q", "").strip()[: reader.MAX_WORDS], bool(request.GET.get("whole")))


def with_query(request: HttpRequest, address: str) -> str:
    """Return another address with the query of this request."""
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address


@require_safe
def page(request: HttpRequest, identifier: str, slug: str, number: str) -> HttpResponse:
    """Show one page of a document in the reader."""
    document = readable(request, identifier)
    reading.check_page(document.file, int(number))
    if slug != document.slug:
        return HttpResponseRedirect(with_query(request, document.page_url(int(number))))
    views_count.record(visit_of(request), document, Counted.PAGE, int(number))
    response: HttpResponse
    if request.GET or not document.file.finished:
        response = freshness.made_anew(request, document, _page(request, document, int(number)))
    else:
        part = f"page-{number}-{reading.known_of(document.file, int(number))}"
        response = freshness.shared(request, document, part, lambda: _page(request, document, int(number)))
    response.headers["Link"] = ", ".join(_needed_first(document, int(number)))
    return response


def _needed_first(document: Document, number: int) -> Iterator[str]:
    """Give what the browser fetches at once, before it has read the page: its style and the picture (RFC 8288)."""
    for name in STYLES:
        yield f"<{static(name)}>; rel=preload; as=style"
    picture = document.picture_url(number, MAIN_WIDTH)
    choice = f'imagesrcset="{srcset(document, number)}"; imagesizes="{PICTURE_SIZES}"'
    yield f"<{picture}>; rel=preload; as=image; fetchpriority=high; {choice}"


def _page(request: HttpRequest, document: Document, number: int) -> HttpResponse:
    words = asked_words(request)
    passage = passages.passage(document, number, request.GET.get("quote", ""))
    panel = request.GET.get("panel", "find" if words else "")
    last = max(document.file.readable_pages, 1)
    context = {
        "document": document,
        "page": page_view(document, number, _marks(document, number, words, passage), measure=bool(words or passage)),
        "picture_sizes": PICTURE_SIZES,
        "passage": passage,
        "link_card": social.link_card(request, document, number=number, passage=passage),
        "page_count": last,
        "previous": document.page_url(number - 1) if number > 1 else "",
        "following": document.page_url(number + 1) if number < last else "",
        "sizes": reader.sizes(document.file),
        "labels": reader.runs(document),
        "direction": reader.direction(document.language),
        "text_url": _text_url(document, number),
        "scripts": [f"js/reader/{name}.js" for name in SCRIPTS],
        "panel": panel if panel in PANELS else "",
        "words": words.text,
        "whole": words.whole,
        **_panel(document, number, panel, words),
    }
    return render(request, "documents/page.html", context)


def _marks(document: Document, number: int, words: reader.Words, passage: passages.Passage | None) -> list[Mark]:
    """Return what is lit on a page: the hits, and the passage if it stands there."""
    quoted = passage.marks if passage and passage.number == number else []
    return [*quoted, *reader.marks(document, number, words)]


def _panel(document: Document, number: int, panel: str, words: reader.Words) -> dict[str, Any]:
    """Return what the open panel shows."""
    if panel == "outline":
        return {"outline": reader.outline(document, number)}
    if panel == "thumbnails":
        return {"strip": reader.strip(document, number, STRIP)}
    return {"found": reader.found(document, words)} if words else {}


@require_safe
def leaf(request: HttpRequest, identifier: str, number: str) -> HttpResponse:
    """Answer with what lies on the picture of a page: its text, its links and the lit words, as a piece of HTML.

    With ``?preview`` the page is one of those on the document's own page, and not counted as one that was opened.
    """
    document = readable(request, identifier)
    reading.check_page(document.file, int(number))
    if "preview" not in request.GET:
        views_count.record(visit_of(request), document, Counted.PAGE, int(number))
    passage = passages.passage(document, int(number), request.GET.get("quote", ""))
    marks = _marks(document, int(number), asked_words(request), passage)
    context = {"page": page_view(document, int(number), marks)}
    return freshness.made_anew(request, document, render(request, "reader/layers.html", context))


@require_safe
def outline(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the outline as a piece of HTML."""
    document = readable(request, identifier)

    def make() -> HttpResponse:
        context = {"document": document, "outline": reader.outline(document)}
        return render(request, "reader/outline.html", context)

    if not document.file.finished:
        return freshness.made_anew(request, document, make())
    return freshness.shared(request, document, "outline", make)


@require_safe
def hits(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the list of hits as a piece of HTML."""
    document = readable(request, identifier)
    words = asked_words(request)
    context = {"document": document, "found": reader.found(document, words), "words": words.text}
    return freshness.made_anew(request, document, render(request, "reader/hits.html", context))


@require_safe
def text(request: HttpRequest, identifier: str, slug: str) -> HttpResponse:
    """Show a stretch of the reading text: the one that page ``from`` lies in, or the page that ``n`` names."""
    document = readable(request, identifier)
    if "n" in request.GET:
        return HttpResponseRedirect(_text_url(document, asked_place(request, document)))
    asked = whole(request.GET.get("from", "1"), "from", digits=6, least=1)
    reading.check_page(document.file, asked)
    if slug != document.slug:
        return HttpResponseRedirect(_text_url(document, asked))
    with reading.AT_LENGTH:
        stretch = _text(request, document, asked)
    return freshness.made_anew(request, document, stretch)


def _text(request: HttpRequest, document: Document, number: int) -> HttpResponse:
    stretch, labels = prose.stretch_at(document, number), labels_of(document)
    last = max(document.file.readable_pages, 1)
    own = reverse("web:text", args=[document.named, document.slug])
    context = {
        "document": document,
        "stretch": stretch,
        "page_count": last,
        "labels": labels.runs,
        "names": [labels.of(number) or str(number) for number in (stretch.first, stretch.last)],
        "page_url": document.page_url(number),
        "direction": reader.direction(document.language),
        "address": in_full(f"{own}?from={stretch.first}" if stretch.first > 1 else own, request),
        "previous": f"{own}?from={stretch.first - prose.STRETCH}" if stretch.first > 1 else "",
        "following": f"{own}?from={stretch.last + 1}" if stretch.last < last else "",
    }
    return render(request, "documents/text.html", context)


def _text_url(document: Document, number: int) -> str:
    """Where a page begins in the reading text."""
    return f"{reverse('web:text', args=[document.named, document.slug])}?from={number}#page-{number}"
