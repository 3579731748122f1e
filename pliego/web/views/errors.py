"""Errors as people and programs read them: one sentence, one code."""

import logging
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.translation import gettext
from django.views.decorators.csrf import requires_csrf_token

from pliego.errors import PROBLEM, BadRequest, Forbidden, NotFound, PliegoError, StorageFails, TakenDown
from pliego.storage.refusal import refusal
from pliego.web.logs import masked
from pliego.web.viewers import wants_html

log = logging.getLogger(__name__)

_FOR_PROGRAMS = "/api/"
_TEMPLATES = {NotFound.status: "404.html", TakenDown.status: "taken_down.html"}


def sentence(error: PliegoError) -> str:
    """Return the error in the language of this request."""
    return gettext(error.sentence) % {name: localize(value) for name, value in error.params.items()}


def as_text(error: PliegoError) -> HttpResponse:
    """Answer a program: `error: CODE sentence`."""
    body = f"error: {error.code} {sentence(error)}\n"
    return HttpResponse(body, status=error.status, content_type="text/plain; charset=utf-8")


def answer(request: HttpRequest, error: PliegoError) -> HttpResponse:
    """Answer with the error's page, its line for a program, or its problem below the addresses for programs."""
    response: HttpResponse
    if request.path.startswith(_FOR_PROGRAMS):
        response = JsonResponse(error.problem(sentence(error)), status=error.status, content_type=PROBLEM)
    elif not wants_html(request):
        response = as_text(error)
    else:
        context = {"code": error.code, "sentence": sentence(error), "status": error.status, **error.params}
        response = render(request, _TEMPLATES.get(error.status, "error.html"), context, status=error.status)
    response.headers["Cache-Control"] = "no-store"
    if error.status in {503, 507}:
        response.headers["Retry-After"] = "5"
    return response


def answer_to(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Answer what can be put into words: an error of ours, or what the disk refuses, whose reason the log tells.

    None leaves a mistake of ours to the page of server errors.
    """
    told = exception if isinstance(exception, PliegoError) else refusal(exception)
    if told is None:
        return None
    reason = exception.__cause__ if exception is told else exception
    if isinstance(told, StorageFails) and reason:
        log.error("%s %s: %s (%s)", request.method, masked(request.path), told.code, reason)
    return answer(request, told)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Unknown and forbidden look the same."""
    return answer(request, NotFound())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that another site sent."""
    return answer(request, Forbidden())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that is not well formed; one for a forged host gets no page, because pages tell their own address."""
    error = BadRequest(what="request")
    return as_text(error) if isinstance(exception, DisallowedHost) else answer(request, error)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that did not come from this site's own page, or whose page has grown too old."""
    return answer(request, Forbidden())


@requires_csrf_token
def server_error(request: HttpRequest, *_: Any) -> HttpResponse:
    """A mistake of ours: the page that needs nothing else to work."""
    return render(request, "500.html", status=500)
