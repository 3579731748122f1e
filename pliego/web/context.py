"""What every template knows."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

NEUTRAL = ("/d/", "/m/", "/subidas/", "/samples", "/embed/")


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, and this page in each language."""
    return {"site_name": settings.SITE_NAME, "alternates": alternates(request)}


def alternates(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the page in each language: code, name, whether it is this one, the switch link and the address itself.

    ``address`` is "" on language-neutral pages, which have no address of their own in each language.
    """
    current = get_language()
    neutral = request.path_info.startswith(NEUTRAL)
    return [_alternate(request, code, name, current == code, neutral) for code, name in settings.LANGUAGES]


def _alternate(request: HttpRequest, code: str, name: str, current: bool, neutral: bool) -> dict[str, Any]:
    target = request.path if neutral else translate_url(request.path, code)
    query = request.META.get("QUERY_STRING", "")
    onward = f"{target}?{query}" if query and not neutral else target
    switch = f"{reverse('web:language', args=[code])}?{urlencode({'next': onward})}"
    address = "" if neutral else request.build_absolute_uri(target)
    return {"code": code, "name": name, "current": current, "url": switch, "address": address}
