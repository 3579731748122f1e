"""How another site shows a document when somebody pastes its address there (oEmbed 1.0)."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import catalog, reading
from pliego.documents.addresses import in_full
from pliego.documents.models import Document
from pliego.documents.numbers import whole
from pliego.errors import NotFound
from pliego.web import embedding
from pliego.web.social import link_card

WIDTH, HEIGHT = 560, 760
CARD = (1200, 630)
KEPT_FOR = 3600
_SHOWN = {"document", "document_short", "page", "text", "embed"}
"""The pages that stand for a document."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a pasted address points to: a document, perhaps a page of it, perhaps a passage."""

    document: Document
    number: int
    quote: str


def aim_of(request: HttpRequest, address: str) -> Aim:
    """Return what an address of this site points to; raise NotFound of anything else and of what is not public."""
    values, query = _named(request, address)
    document = catalog.document_for(ANONYMOUS, values["identifier"])
    number = values.get("number") or query.get("p", ["0"])[0]
    if not document.public or not re.fullmatch(r"[0-9]{1,6}", number):
        raise NotFound
    if int(number):
        reading.check_page(document.file, int(number))
    return Aim(document, int(number), query.get("quote", [""])[0])


def _named(request: HttpRequest, address: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return what the path and the query of a document's address name; raise NotFound of any other address."""
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (ValueError, Resolver404) as error:
        raise NotFound from error
    known = parts.scheme in {"http", "https"} and parts.netloc in _hosts(request)
    if not known or match.app_name != "web" or match.url_name not in _SHOWN:
        raise NotFound
    return match.kwargs, parse_qs(parts.query)


def answer(request: HttpRequest, aim: Aim) -> dict[str, Any]:
    """Return the fields of a "rich" answer. `maxwidth` and `maxheight` of the request are kept to."""
    width, height = _most(request, "maxwidth"), _most(request, "maxheight")
    size = (str(min(width or WIDTH, WIDTH)), str(min(height or HEIGHT, HEIGHT)))
    said = {
        "version": "1.0",
        "type": "rich",
        "title": aim.document.title,
        "author_name": aim.document.author,
        "provider_name": settings.SITE_NAME,
        "provider_url": in_full(reverse("site:home"), request),
        "cache_age": KEPT_FOR,
        "html": embedding.code(_frame(request, aim), aim.document.title, *size),
        "width": int(size[0]),
        "height": int(size[1]),
    }
    card = link_card(request, aim.document, number=aim.number)
    if card and card.image and (width or CARD[0]) >= CARD[0] and (height or CARD[1]) >= CARD[1]:
        said |= {"thumbnail_url": card.image, "thumbnail_width": CARD[0], "thumbnail_height": CARD[1]}
    return {name: value for name, value in said.items() if value}


def _hosts(request: HttpRequest) -> set[str]:
    return {request.get_host(), urlsplit(settings.SITE_ADDRESS).netloc}


def _frame(request: HttpRequest, aim: Aim) -> str:
    query = {"p": aim.number, "quote": aim.quote}
    asked = urlencode({name: value for name, value in query.items() if value})
    path = reverse("web:embed", args=[aim.document.pk])
    return in_full(f"{path}?{asked}" if asked else path, request)


def _most(request: HttpRequest, name: str) -> int:
    """Return a limit in pixels, 0 without one; raise BadRequest for what is no number."""
    return whole(request.GET.get(name, "0"), name, digits=5)
