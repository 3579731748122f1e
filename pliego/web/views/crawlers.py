"""What crawlers ask first: which addresses there are, and which they may visit."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from pliego.documents import sitemap
from pliego.documents.addresses import in_full

KIND = "application/xml; charset=utf-8"
PAGES = ("site:home", "site:documents", "site:explore", "site:collections", "site:help")
"""The pages of the interface that lead to documents."""
CLOSED = ("/subidas/", "/language/", "/m/", "/l/", "/*/go?")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what is not worth a visit: searches, which have no end, and what answers only people."""
    closed = [*CLOSED, *(page["path"] for page in _everywhere("site:search"))]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {in_full(reverse('web:sitemap'), request)}")
    return _fresh(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Name the parts of the sitemap."""
    context = {"pages": reverse("web:sitemap_pages"), "parts": sitemap.parts(), "base": _base(request)}
    return _fresh(render(request, "sitemap/index.xml", context, content_type=KIND))


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Name the pages of the interface, in each language."""
    context = {"pages": [_everywhere(name) for name in PAGES], "base": _base(request)}
    return _fresh(render(request, "sitemap/pages.xml", context, content_type=KIND))


@require_safe
def documents(request: HttpRequest, month: str) -> HttpResponse:
    """Name the documents of one part."""
    found = sitemap.documents(month, request.GET.get("after", ""))
    context = {"documents": found, "base": _base(request)}
    return _fresh(render(request, "sitemap/documents.xml", context, content_type=KIND))


def _everywhere(name: str) -> list[dict[str, str]]:
    """Return a page of the interface in each language."""
    found = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            found.append({"language": code, "path": reverse(name)})
    return found


def _base(request: HttpRequest) -> str:
    return in_full("/", request)[:-1]


def _fresh(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-cache"
    return response
