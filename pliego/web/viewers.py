"""From a request to the person behind it: what they own, where they come from."""

from django.conf import settings
from django.http import HttpRequest

from pliego.accounts.viewer import ANONYMOUS, Viewer

_OWNED = "owned"
_REMEMBERED = 500
"""Documents that one session keeps the key of; the oldest give way."""


def viewer_of(request: HttpRequest) -> Viewer:
    """Return who looks. A request without a session costs no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.session.modified:
        return ANONYMOUS
    return Viewer(owned=frozenset(request.session.get(_OWNED, [])))


def grant(request: HttpRequest, identifier: str) -> None:
    """Let this session change a document from now on, under a new session key."""
    owned = [each for each in request.session.get(_OWNED, []) if each != identifier]
    request.session[_OWNED] = [*owned, identifier][-_REMEMBERED:]
    request.session.cycle_key()


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


def at_this_machine(request: HttpRequest) -> bool:
    """Whether the site listens on this machine only and nothing forwarded the request: the operator looks."""
    return bool(settings.LOCAL_ONLY) and not settings.TRUSTED_PROXIES and "HTTP_X_FORWARDED_FOR" not in request.META


def from_elsewhere(request: HttpRequest) -> bool:
    """Whether a page of another site sent this request, as browsers tell (Fetch Metadata, Sec-Fetch-Site)."""
    return request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}


def wants_html(request: HttpRequest) -> bool:
    """Whether a person with a browser asks; programs such as curl get plain text."""
    return "text/html" in request.headers.get("Accept", "")
