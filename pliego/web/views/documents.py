"""The page of a document: everything about it, and its first pages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import catalog, related, versions, views_count
from pliego.documents.addresses import in_full
from pliego.documents.models import Document, State
from pliego.documents.printed import labels_of
from pliego.documents.related import NOTHING, Beside
from pliego.documents.safekeeping import held
from pliego.errors import NotFound
from pliego.web import embedding, freshness, history, reader, receipts, social, structured
from pliego.web.languages import language_name
from pliego.web.networks import networks
from pliego.web.pages import page_views
from pliego.web.places import asked_place
from pliego.web.results import author_links, phrase_links
from pliego.web.sentence import about, progress, scanned
from pliego.web.viewers import viewer_of
from pliego.web.views.reading import asked_words, with_query
from pliego.web.visits import visit_of

FIRST_PAGES = 4
"""Pages whose text is in the HTML of the document's own page."""


@require_safe
def short(request: HttpRequest, identifier: str) -> HttpResponse:
    """Lead from the bare identifier to the document's full address, or show that it is still arriving."""
    upload = catalog.arriving(viewer_of(request, identifier), identifier)
    if upload:
        context = {"upload": upload, "progress": catalog.arrived(upload)}
        return freshness.never_stored(render(request, "documents/arriving.html", context))
    address = catalog.document_for(viewer_of(request, identifier), identifier).get_absolute_url()
    return HttpResponseRedirect(with_query(request, address))


@require_safe
def show(request: HttpRequest, identifier: str, slug: str) -> HttpResponse:
    """Show everything about a document and its first pages; with words to find, lead to them in the reader."""
    viewer = viewer_of(request, identifier)
    document = catalog.document_for(viewer, identifier)
    if slug != document.slug:
        return HttpResponseRedirect(with_query(request, document.get_absolute_url()))
    words = asked_words(request)
    if words and not document.locked and document.file.readable_pages:
        return HttpResponseRedirect(reader.first_hit_url(document, words))
    views_count.record(visit_of(request), document)
    return _pinned(request, viewer, document) if document.pinned else _newest(request, viewer, document)


def _pinned(request: HttpRequest, viewer: Viewer, document: Document) -> HttpResponse:
    owns = viewer.owns(document)
    response = _page(request, document, NOTHING, owner=owns)
    return freshness.never_stored(response) if owns else freshness.made_anew(request, document, response)


def _newest(request: HttpRequest, viewer: Viewer, document: Document) -> HttpResponse:
    near, seen = related.beside(viewer, document), versions.seen_by(viewer, document)
    past = history.entries(document, seen) if seen else []
    if not viewer.owns(document):
        part = f"show-{near.mark}-{'-'.join(str(each.number) for each in seen)}{'' if held(document.file) else '-lost'}"
        return freshness.shared(request, document, part, lambda: _page(request, document, near, history=past))
    response = _page(request, document, near, history=past, **_for_owner(request, viewer, document))
    return freshness.never_stored(response)


def _for_owner(request: HttpRequest, viewer: Viewer, document: Document) -> dict[str, Any]:
    """Return what only the owner's browser is told: that it may manage, with which link, and of an earlier copy."""
    return {
        "owner": True,
        "manage_address": receipts.kept_address(request),
        "same_file": catalog.same_file(viewer, document),
    }


def _page(request: HttpRequest, document: Document, near: Beside, **more: Any) -> HttpResponse:
    card = social.link_card(request, document, about(document))
    context = {
        "document": document,
        "file": document.file,
        "facts": document.facts,
        "damaged": held(document.file) is None,
        "sentence": about(document),
        "scanned": scanned(document),
        "progress": progress(document),
        "language_name": language_name(document.language),
        "pages": page_views(document, 1, FIRST_PAGES),
        "page_count": 0 if document.locked else document.file.readable_pages,
        "labels": labels_of(document).runs,
        "address": in_full(document.get_absolute_url(), request),
        "beside": related.shown(ANONYMOUS, near),
        "authors": author_links(document),
        "keywords": phrase_links(document.key_phrases),
        "chapters": reader.chapters(document),
        "network_shown": settings.SHOW_NETWORK,
        "takeable": not document.locked and document.file.text_state in (State.DONE, State.PARTIAL),
        "networks": networks(document.title, in_full(document.get_absolute_url(), request)),
        "embed_codes": embedding.codes(request, document),
        "link_card": card,
        "described": structured.described(request, document, card),
        **more,
    }
    return render(request, "documents/show.html", context)


@require_safe
def go_to_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """Lead from the go-to-page form to the page that it names."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    if document.locked:
        raise NotFound
    return HttpResponseRedirect(document.page_url(asked_place(request, document)))


@require_safe
def status(request: HttpRequest, identifier: str) -> HttpResponse:
    """Tell how far the reading of a document has come, for its page and for programs."""
    upload = catalog.arriving(viewer_of(request, identifier), identifier)
    if upload:
        state = {"state": "arriving", "percent": catalog.arrived(upload)}
        return freshness.never_stored(JsonResponse(state))
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    file = document.file
    state = {
        "state": "finished" if file.finished else "reading",
        "page": in_full(document.get_absolute_url(), request),
        "facts": file.facts_state,
        "pictures": file.pictures_state,
        "text": file.text_state,
        "pages": 0 if document.locked else file.pages,
        "pages_read": 0 if document.locked else file.pages_read,
        "sentence": progress(document),
    }
    return freshness.never_stored(JsonResponse(state))
