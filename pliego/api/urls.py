"""Addresses for programs, below /api/v1/."""

from django.urls import path
from ninja import NinjaAPI

from pliego.api import jobs, problems, toolbox, versions

api = NinjaAPI(
    title="Pliego",
    version="1",
    description="Tools for PDFs, and the versions of documents. Errors are problem details (RFC 9457) with a code.",
    docs_url=None,  # its pages would load scripts from elsewhere
    openapi_url="openapi.json",
    urls_namespace="api",
)
problems.install(api)
api.add_router("", toolbox.router)
api.add_router("", jobs.router)
api.add_router("", versions.router)

urlpatterns = [path("", api.urls)]
