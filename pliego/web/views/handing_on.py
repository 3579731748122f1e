"""Handing a document on: its short link and its QR code."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pliego.accounts.callers import from_elsewhere
from pliego.documents import catalog, short_links
from pliego.documents.addresses import in_full
from pliego.documents.models import Document
from pliego.errors import Forbidden, NotFound
from pliego.web import freshness, qr
from pliego.web.filenames import content_disposition
from pliego.web.viewers import viewer_of


@require_safe
def follow(request: HttpRequest, short: str) -> HttpResponse:
    """Lead from a short link to its document."""
    identifier = short_links.aim(short)
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    response = HttpResponseRedirect(document.get_absolute_url())
    response.headers["Cache-Control"] = freshness.cache_control(document)
    return response


@csrf_exempt  # a token would keep the document's page from being the same for all; see from_elsewhere
@require_http_methods(["GET", "HEAD", "POST"])
def short(request: HttpRequest, identifier: str) -> HttpResponse:
    """Make the short link of a document, and show it."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    if request.method == "POST":
        if from_elsewhere(request):
            raise Forbidden
        short_links.made(document)
        return HttpResponseRedirect(reverse("web:short_link_of", args=[document.pk]), status=303)
    known = short_links.known(document)
    if not known:
        raise NotFound
    address = in_full(reverse("web:short_link", args=[known]), request)
    return freshness.never_stored(render(request, "share/short.html", {"document": document, "short": address}))


@require_safe
def qr_svg(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the QR code of a document's address as SVG; with `?download` to be saved."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    return _code(request, document, qr.svg(_address(request, document)), "svg", "image/svg+xml")


@require_safe
def qr_png(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the QR code of a document's address as PNG; with `?download` to be saved."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    return _code(request, document, qr.picture(_address(request, document)), "png", "image/png")


def _address(request: HttpRequest, document: Document) -> str:
    """Return the shortest address that stays whatever becomes of the title: fewer and larger squares."""
    return in_full(reverse("web:document_short", args=[document.pk]), request)


def _code(request: HttpRequest, document: Document, drawn: str | bytes, ending: str, kind: str) -> HttpResponse:
    response = HttpResponse(drawn, content_type=kind)
    inline = "download" not in request.GET
    response.headers["Content-Disposition"] = content_disposition(document.title, inline=inline, ending=f".{ending}")
    response.headers["Cache-Control"] = freshness.cache_control(document)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
