"""From a request to the person behind it: what they own, where they come from."""

from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import catalog, gathering, sharing
from pliego.documents.identifiers import parted
from pliego.moderation import programs

COOKIE = "pliego_manage"
"""Carries the secret of one document's manage link; a browser sends it only below /d/<id>/."""
TICKET = "pliego_share"
"""Carries what a share link gave, just as far."""
_KEPT_FOR = 180 * 24 * 3600


def viewer_of(request: HttpRequest, named: str) -> Viewer:
    """Return who looks at a document or a version of it. A request without a cookie of ours costs no query."""
    identifier, _ = parted(named)
    token, ticket, person = kept_token(request), kept_ticket(request), person_of(request)
    owned = catalog.holder(identifier, token) if token else frozenset()
    granted = sharing.granted(identifier, ticket) if ticket else frozenset()
    known = owned or granted or person
    return Viewer(owned=owned, person=person, granted=granted) if known else ANONYMOUS


def keeper_of(request: HttpRequest, identifier: str) -> Viewer:
    """Return who looks at a collection, as viewer_of does for a document."""
    token, person = kept_token(request), person_of(request)
    owned = gathering.holder(identifier, token) if token else frozenset()
    return Viewer(owned=owned, person=person) if owned or person else ANONYMOUS


def visitor_of(request: HttpRequest) -> Viewer:
    """Return who looks at a page that is not one document's: an account, or nobody in particular."""
    person = person_of(request)
    return Viewer(person=person) if person else ANONYMOUS


def person_of(request: HttpRequest) -> int | None:
    """Return the account that is logged in, or whose key a program brings to read. No cookie, no look for a session."""
    if request.method in {"GET", "HEAD"} and "Authorization" in request.headers:
        person = programs.account_of(request)
        if person is not None:
            return person
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user.pk if request.user.is_authenticated else None


def kept_token(request: HttpRequest) -> str:
    """Return the secret that this browser keeps for the document it asks for, "" without one."""
    return request.COOKIES.get(COOKIE, "")[:100]


def keep_token(
    request: HttpRequest, response: HttpResponse, identifier: str, token: str, room: Literal["d", "c"] = "d"
) -> None:
    """Make this browser the owner of a document (d) or collection (c): the site has nothing but the secret's hash."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=_KEPT_FOR,
        path=f"/{room}/{identifier}/",
        httponly=True,
        samesite="Lax",  # not Strict: a manage link is opened from a letter, which is another site
        secure=request.is_secure(),
    )


def kept_ticket(request: HttpRequest) -> str:
    """Return what a share link gave to this browser for the document it asks for, "" when none did."""
    return request.COOKIES.get(TICKET, "")[:500]


def keep_ticket(request: HttpRequest, response: HttpResponse, identifier: str, ticket: str) -> None:
    """Let this browser keep what a share link gave to it, until it is closed; the ticket itself ends before long."""
    path = f"/d/{identifier}/"
    response.set_cookie(TICKET, ticket, path=path, httponly=True, samesite="Lax", secure=request.is_secure())


def at_this_machine(request: HttpRequest) -> bool:
    """Whether the site listens on this machine only and nothing forwarded the request: the operator looks."""
    return bool(settings.LOCAL_ONLY) and not settings.TRUSTED_PROXIES and "HTTP_X_FORWARDED_FOR" not in request.META


def wants_html(request: HttpRequest) -> bool:
    """Whether a person with a browser asks; programs such as curl get plain text."""
    return "text/html" in request.headers.get("Accept", "")
