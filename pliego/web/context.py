"""What every template knows."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from pliego.documents.addresses import in_full

NEUTRAL = (
    *("/d/", "/c/", "/m/", "/subidas/", "/samples", "/embed/", "/s/", "/l/", "/jobs/", "/api/"),
    *("/oembed", "/robots.txt", "/sitemap"),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Return what is said of the site and of this page.

    ``alternates`` are the page in each language, ``canonical`` is its address, "" of a language-neutral page, and
    ``sends_mail`` tells whether letters leave the site.
    """
    found = alternates(request)
    return {
        "site_name": settings.SITE_NAME,
        "alternates": found,
        "canonical": _canonical(request, found),
        "sends_mail": bool(settings.EMAIL_HOST),
    }


def _canonical(request: HttpRequest, found: list[dict[str, Any]]) -> str:
    """Return the one address of an interface page: what is asked of it is left out, but for its place in a list."""
    own = next((other["address"] for other in found if other["current"]), "")
    try:
        after = request.GET.get("after", "")
    except SuspiciousOperation:  # more parameters than are read: this is the page that says so
        after = ""
    return f"{own}?{urlencode({'after': after})}" if own and after else own


def alternates(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the page in each language: code, name, whether it is this one, the switch link and the address itself.

    ``address`` is "" on language-neutral pages, which have no address of their own in each language.
    """
    current = get_language()
    neutral = request.path_info.startswith(NEUTRAL)
    return [_alternate(request, code, name, current == code, neutral) for code, name in settings.LANGUAGES]


def _alternate(request: HttpRequest, code: str, name: str, current: bool, neutral: bool) -> dict[str, Any]:
    target = request.path if neutral else _in_language(request.path, code)
    query = request.META.get("QUERY_STRING", "")
    onward = f"{target}?{query}" if query and not neutral else target
    switch = f"{reverse('web:language', args=[code])}?{urlencode({'next': onward})}"
    address = "" if neutral else in_full(target, request)
    return {"code": code, "name": name, "current": current, "url": switch, "address": address}


@lru_cache(maxsize=256)
def _in_language(path: str, code: str) -> str:
    """The same page in another language; to resolve an address and reverse it again takes 0.2 ms each time."""
    return translate_url(path, code)
