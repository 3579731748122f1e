"""Addresses for programs, below /api/v1/."""

from django.urls import path
from ninja import NinjaAPI

from pliego.api import documents, jobs, problems, search, toolbox, versions

api = NinjaAPI(
    title="Pliego",
    version="1",
    description=(
        "Documents, their versions, search, and tools for PDFs. Errors are problem details (RFC 9457) with a code. "
        "What only an owner may do takes `Authorization: Bearer` with the secret of the manage link."
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
