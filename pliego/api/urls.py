"""Addresses for programs, below /api/v1/."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from pliego.api import documents, jobs, problems, search, toolbox, versions

_WAYS = {
    "key": ("A key of your account, made on its page “Keys for programs”.", "pliego_…"),
    "manage-link": ("The secret of a document's manage link, its last part: good for that document.", ""),
}


class Described(NinjaAPI):
    """Tells in its schema who may bring what; who may do what is decided where it is done."""

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """Return an answer; it depends on who asks, so nobody keeps it."""
        response = super().create_response(request, data, **more)
        response.headers["Cache-Control"] = problems.NOBODY_KEEPS
        return response

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        """Return the schema with errors, and the two kinds of secret; neither is needed for what is public."""
        schema = super().get_openapi_schema(**more)
        schema["components"]["securitySchemes"] = {
            name: {"type": "http", "scheme": "bearer", "description": said, "bearerFormat": form}
            for name, (said, form) in _WAYS.items()
        }
        schema["security"] = [{}, *({name: []} for name in _WAYS)]
        schema["components"]["schemas"]["Problem"] = problems.SCHEMA
        for operation in (each for way in schema["paths"].values() for each in way.values()):
            operation["responses"]["default"] = problems.RESPONSE
        return schema


api = Described(
    title="Pliego",
    version="1",
    description=(
        "Documents, their versions, search, and tools for PDFs. Errors are problem details (RFC 9457) with a code. "
        "What only an owner may do takes `Authorization: Bearer` with a key of the account that owns the document, or "
        "with the secret of its manage link."
    ),
    docs_url=None,  # its pages would load scripts from elsewhere
    openapi_url="openapi.json",
    urls_namespace="api",
)
problems.install(api)
api.add_router("", documents.router)
api.add_router("", search.router)
api.add_router("", toolbox.router)
api.add_router("", jobs.router)
api.add_router("", versions.router)


def _head_too(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    """Let a route that answers GET answer HEAD; the server sends no body of that."""
    view = cast("Callable[..., HttpResponseBase]", pattern.callback)

    @wraps(view)
    def answer(request: HttpRequest, *words: Any, **named: Any) -> HttpResponseBase:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        response = view(request, *words, **named)
        request.method = asked
        if isinstance(response, HttpResponseNotAllowed) and "GET" in response.headers["Allow"]:
            response.headers["Allow"] += ", HEAD"
        return response

    pattern.callback = answer
    return pattern


_patterns, _app, _namespace = api.urls
urlpatterns = [path("", ([_head_too(each) for each in _patterns], _app, _namespace))]
