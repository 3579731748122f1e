"""What every answer goes through: the log line, the security headers, the language, and errors as sentences."""

import logging
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from pliego.documents import readiness
from pliego.errors import LengthUnknown, MethodNotAllowed, SiteBusy
from pliego.web import answers
from pliego.web.context import NEUTRAL
from pliego.web.logs import masked
from pliego.web.viewers import wants_html

log = logging.getLogger("pliego.web")

Handler = Callable[[HttpRequest], HttpResponseBase]
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": with it browsers send "Origin: null" with our own forms, and the CSRF check refuses them.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def request_log(get_response: Handler) -> Handler:
    """Write one line for each request: no address of the client, no query, no secret."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = get_response(request)
        took = (time.perf_counter() - started) * 1000
        log.info("%s %s %d %.0f ms", request.method, masked(request.path), response.status_code, took)
        return response

    return handle


def security_headers(get_response: Handler) -> Handler:
    """Set the headers that every answer carries unless its view has set a stricter one."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code == HTTPStatus.NO_CONTENT:  # there is none for it to be the type of
            response.headers.pop("Content-Type", None)
        if getattr(response, "xframe_options_exempt", False):  # the header has no word for "everybody may"
            del response.headers["X-Frame-Options"]
        return response

    return handle


def places(get_response: Handler) -> Handler:
    """Keep a quarter of the threads for readers: however many bodies come in, and slowly, pages are answered.

    A body of unknown length would be taken for none.
    """
    free = threading.BoundedSemaphore(settings.WEB_THREADS * 3 // 4)

    def handle(request: HttpRequest) -> HttpResponseBase:
        if "Transfer-Encoding" in request.headers:
            return answers.answer(request, LengthUnknown())
        if request.META.get("CONTENT_LENGTH", "") in {"", "0"}:
            return get_response(request)
        if not free.acquire(blocking=False):
            return answers.answer(request, SiteBusy())
        try:
            return get_response(request)
        finally:
            free.release()

    return handle


def room(get_response: Handler) -> Handler:
    """Let a full disk have the reserve before anything is written; the worker would see to it within a minute."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        readiness.make_room()
        return get_response(request)

    return handle


class language:  # noqa: N801 - named like the other middleware, which are functions
    """Speak the language of the address on interface pages, the reader's own on the language-neutral ones."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on and name the language of its answer."""
        neutral = request.path_info.startswith(NEUTRAL)
        if neutral:
            request.LANGUAGE_CODE = translation.get_language_from_request(request)
        else:
            request.LANGUAGE_CODE = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        if neutral:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Answer a program that sends a file to "/" in the language it asks for; the address is resolved by now."""
        if request.method == "POST" and not wants_html(request):
            request.LANGUAGE_CODE = translation.get_language_from_request(request, check_path=True)
            translation.activate(request.LANGUAGE_CODE)


class sessions(SessionMiddleware):  # noqa: N801 - named like the other middleware, which are functions
    """Django's, but for the answer where a session cannot be kept: outside the views nobody would put it into words."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the session."""
        try:
            return super().process_response(request, response)
        except DatabaseError as error:
            if answer := answers.answer_to(request, error):
                return answer
            raise


class sentences:  # noqa: N801 - named like the other middleware, which are functions
    """Answer a PliegoError, and what the disk refuses, with a sentence and status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; what only names the methods that would be answered says so in a sentence as well."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        answer = answers.answer(request, MethodNotAllowed())
        answer.headers["Allow"] = response.headers["Allow"]
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to an error that is for people; None leaves any other to the server-error page."""
        return answers.answer_to(request, exception)
