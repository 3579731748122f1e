"""Addresses for programs, below /api/v1/."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
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
        """Return the schema with the two kinds of secret, neither of which is needed for what is public."""
        schema = super().get_openapi_schema(**more)
        schema["components"]["securitySchemes"] = {
            name: {"type": "http", "scheme": "bearer", "description": said, "bearerFormat": form}
            for name, (said, form) in _WAYS.items()
        }
        schema["security"] = [{}, *({name: []} for name in _WAYS)]
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

urlpatterns = [path("", api.urls)]
