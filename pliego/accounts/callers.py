"""Where a request comes from."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from pliego.accounts.network import fingerprint

_SCHEME = "bearer "
_WITH_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([0-9A-Fa-f:.]+)\](?::[0-9]+)?")


def client_address(request: HttpRequest) -> str:
    """Return the address of the client as far as the trusted proxies tell it, else of the peer.

    With N trusted proxies the N-th entry from the right of X-Forwarded-For was written by the outermost of them;
    whatever stands to the left of it is the client's own claim.
    """
    peer: str = request.META.get("REMOTE_ADDR", "")
    if not settings.TRUSTED_PROXIES:
        return peer
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return _without_port(chain[-settings.TRUSTED_PROXIES]) if len(chain) >= settings.TRUSTED_PROXIES else peer


def place_of(request: HttpRequest) -> str:
    """Return the fingerprint of the client's network, by which what it shares is counted."""
    return fingerprint(client_address(request), "share")


def _without_port(told: str) -> str:
    """An address as a proxy tells it, some of them with the port: each connection would be somebody else."""
    found = _WITH_PORT.fullmatch(told)
    return (found[1] or found[2]) if found else told


def bearer_of(request: HttpRequest) -> str:
    """Return the secret that a program brings as `Authorization: Bearer`, "" without one."""
    said = request.headers.get("Authorization", "")
    return said[len(_SCHEME) :].strip()[:100] if said.lower().startswith(_SCHEME) else ""


def from_elsewhere(request: HttpRequest) -> bool:
    """Whether a page of another site sent this request, as browsers tell: Fetch Metadata, or of old ones the Origin."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told in {"cross-site", "same-site"}
    origin = request.headers.get("Origin", "").partition("://")[2]
    return bool(origin) and origin not in {request.get_host(), urlsplit(settings.SITE_ADDRESS).netloc}
