"""Errors as problem details (RFC 9457): the sentence for people, the code for programs."""

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from pliego.errors import PROBLEM, BadRequest, NotFound, PliegoError

NOBODY_KEEPS = "private, no-store"
SCHEMA = {
    "type": "object",
    "title": "Problem",
    "description": "An error (RFC 9457): a sentence for people, and a code, which stays the same, for programs.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
    },
    "required": ["type", "title", "status", "code"],
}
RESPONSE = {"description": "An error", "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "5"}, 507: {"Retry-After": "5"}}


def answer(error: PliegoError) -> JsonResponse:
    """The problem that an error is."""
    body = error.problem(gettext(error.sentence) % error.params)
    headers = {"Cache-Control": NOBODY_KEEPS, **_HEADERS.get(error.status, {})}
    return JsonResponse(body, status=error.status, content_type=PROBLEM, headers=headers)


def install(api: NinjaAPI) -> None:
    """Let every error of an interface be answered as a problem."""

    def said(_: HttpRequest, error: PliegoError) -> JsonResponse:
        return answer(error)

    def misshaped(_: HttpRequest, error: ValidationError) -> JsonResponse:
        where = error.errors[0]["loc"] if error.errors else ("request",)
        return answer(BadRequest(what=str(where[-1])[:60]))

    def unreadable(_: HttpRequest, __: HttpError | SuspiciousOperation) -> JsonResponse:
        return answer(BadRequest(what="body"))

    def missing(_: HttpRequest, __: Http404 | type[Http404]) -> JsonResponse:
        return answer(NotFound())

    api.add_exception_handler(PliegoError, said)  # type: ignore[arg-type]
    api.add_exception_handler(ValidationError, misshaped)  # type: ignore[arg-type]
    api.add_exception_handler(HttpError, unreadable)  # type: ignore[arg-type]
    api.add_exception_handler(SuspiciousOperation, unreadable)  # type: ignore[arg-type]  # too large, too many fields
    api.add_exception_handler(Http404, missing)
