"""The pages that Django asks for where something went wrong."""

from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from pliego.errors import BadRequest, Forbidden, NotFound
from pliego.web.answers import FOR_PROGRAMS, answer, as_text


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Unknown and forbidden look the same."""
    return answer(request, NotFound())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that another site sent."""
    return answer(request, Forbidden())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that is not well formed; one for a forged host gets no page, because pages tell their own address."""
    error = BadRequest(what="request")
    paged = not request.path.startswith(FOR_PROGRAMS)
    return as_text(error) if paged and isinstance(exception, DisallowedHost) else answer(request, error)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that did not come from this site's own page, or whose page has grown too old."""
    return answer(request, Forbidden())


@requires_csrf_token
def server_error(request: HttpRequest, *_: Any) -> HttpResponse:
    """A mistake of ours: the page that needs nothing else to work."""
    return render(request, "500.html", status=500)
