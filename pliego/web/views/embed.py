"""A document on somebody else's page: the only page of this site that may be framed."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import catalog, reading
from pliego.documents.models import Document
from pliego.web import freshness, passages
from pliego.web.citing import asked_page
from pliego.web.middleware import CONTENT_POLICY
from pliego.web.pages import page_view

FRAMED_POLICY = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")


@require_safe
@xframe_options_exempt
def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a page (`?p=`) or a passage (`?quote=`) of a public or unlisted document, to be framed by any site.

    Nobody is known here, whatever cookies come: a frame must not show what only its reader may see.
    """
    document = catalog.document_for(ANONYMOUS, identifier)
    number = asked_page(request) or 1
    reading.check_page(document.file, number)
    quote = request.GET.get("quote", "")
    if quote:
        response = _frame(request, document, number, quote)
    else:
        part = f"embed {number} {reading.known_of(document.file, number)}"
        response = freshness.shared(request, document, part, lambda: _frame(request, document, number))
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _frame(request: HttpRequest, document: Document, number: int, quote: str = "") -> HttpResponse:
    return render(request, "embed/embed.html", {"document": document, **_shown(document, number, quote)})


def _shown(document: Document, number: int, quote: str) -> dict[str, Any]:
    """Return what there is to see: nothing of a locked or unreadable document but its title."""
    if document.locked or document.file.unreadable:
        return {}
    passage = passages.passage(document, number, quote)
    if passage:
        number = passage.number
    last = max(document.file.readable_pages, 1)
    return {
        "page": replace(page_view(document, number, passage.marks if passage else ()), framed=True),
        "page_count": last,
        "passage": passage,
        "previous": number - 1 if number > 1 else 0,
        "following": number + 1 if number < last else 0,
        "opened": passages.address(document, number, passage),
    }
