"""Errors as people and programs read them: one sentence, one code."""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.translation import gettext

from pliego.errors import PROBLEM, NotFound, PliegoError, StorageFails, TakenDown
from pliego.storage.refusal import refusal
from pliego.web.logs import masked
from pliego.web.viewers import wants_html

log = logging.getLogger(__name__)

FOR_PROGRAMS = "/api/"
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
    if request.path.startswith(FOR_PROGRAMS):
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
