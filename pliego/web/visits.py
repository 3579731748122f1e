"""From a request to what may be counted of it: who asks, and which site or which search led here."""

import re
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from pliego.accounts.callers import client_address
from pliego.documents.models import Counted
from pliego.documents.names import one_line
from pliego.documents.views_count import Visit

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def visit_of(request: HttpRequest) -> Visit:
    """Return a request as far as counting goes."""
    source, value = _came_from(request)
    return Visit(request.method, client_address(request), request.headers.get("User-Agent", ""), source, value)


def _came_from(request: HttpRequest) -> tuple[Counted | None, str]:
    """Return the host of another site, or the words of our own search; None for anything else.

    Of another site's address nothing but the host is looked at: the rest may tell of one person.
    """
    referrer = request.headers.get("Referer")
    if not referrer:
        return None, ""
    try:
        address = urlsplit(referrer)
        host = address.hostname or ""
    except ValueError:
        return None, ""
    if address.netloc == request.get_host():
        words = one_line(parse_qs(address.query).get("q", [""])[0]) if address.path in _searches() else ""
        return (Counted.WORDS, words) if words else (None, "")
    if address.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        return None, ""
    return Counted.HOST, host.removeprefix("www.")


@lru_cache(maxsize=1)
def _searches() -> frozenset[str]:
    """The addresses of our search, one in each language."""
    found = set()
    for code, _ in settings.LANGUAGES:
        with override(code):
            found.add(reverse("site:search"))
    return frozenset(found)
