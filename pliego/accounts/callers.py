"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest

_SCHEME = "bearer "


def client_address(request: HttpRequest) -> str:
    """Return the address of the client as far as the trusted proxies tell it, else of the peer.

    With N trusted proxies the N-th entry from the right of X-Forwarded-For was written by the outermost of them;
    whatever stands to the left of it is the client's own claim.
    """
    peer: str = request.META.get("REMOTE_ADDR", "")
    if not settings.TRUSTED_PROXIES:
        return peer
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return chain[-settings.TRUSTED_PROXIES] if len(chain) >= settings.TRUSTED_PROXIES else peer


def bearer_of(request: HttpRequest) -> str:
    """Return the secret that a program brings as `Authorization: Bearer`, "" without one."""
    said = request.headers.get("Authorization", "")
    return said[len(_SCHEME) :].strip()[:100] if said.lower().startswith(_SCHEME) else ""


def from_elsewhere(request: HttpRequest) -> bool:
    """Whether a page of another site sent this request, as browsers tell (Fetch Metadata, Sec-Fetch-Site)."""
    return request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
