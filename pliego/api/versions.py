"""The versions of a document: listing them, replacing its file, bringing one back, deleting one."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from pliego.accounts.callers import place_of
from pliego.api.viewers import viewer_of
from pliego.documents import catalog, comparing, quotas, versions
from pliego.documents.addresses import in_full
from pliego.documents.models import Document
from pliego.documents.numbers import whole
from pliego.documents.receiving import received
from pliego.documents.versions import Replacement
from pliego.errors import NoFile
from pliego.toolbox import jobs, keeping

router = Router(tags=["versions"])
_PARTS = {"file": {"type": "string", "format": "binary"}, "job": {"type": "string"}}
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": {"schema": {"type": "object", "properties": _PARTS}}},
    }
}


class ChangesOut(Schema):
    """Pages, as runs of [first, last]: of this version those changed and new, of the one before those that are gone."""

    changed: list[tuple[int, int]]
    added: list[tuple[int, int]]
    removed: list[tuple[int, int]]


class VersionOut(Schema):
    """A version of a document. ``changes`` is null of the first one, and while or where nothing is known."""

    number: int
    newest: bool
    since: datetime
    name: str
    size: int
    pages: int
    sha256: str
    page: str
    file: str
    changes: ChangesOut | None = None


def _told(request: HttpRequest, document: Document, changes: comparing.Changes | None = None) -> VersionOut:
    return VersionOut(
        number=document.version,
        newest=not document.pinned,
        since=document.as_of,
        name=document.original_name,
        size=document.file.size,
        pages=0 if document.locked else document.file.pages,
        sha256=document.file_id,
        page=in_full(document.get_absolute_url(), request),
        file=in_full(document.file_url, request),
        changes=ChangesOut.model_validate(changes.to_json()) if changes else None,
    )


@router.get("/documents/{identifier}/versions", response=list[VersionOut], summary="The versions", url_name="versions")
def listed(request: HttpRequest, identifier: str) -> list[VersionOut]:
    """Every version that you may see, the newest first. `Authorization: Bearer` takes the secret of a manage link."""
    viewer = viewer_of(request, identifier)
    document = catalog.document_for(viewer, identifier)
    earlier = versions.seen_by(viewer, document)
    return [_told(request, shown, changes) for shown, changes in comparing.history(document, earlier)]


@router.post(
    "/documents/{identifier}/versions",
    response={201: VersionOut},
    summary="Replace the file",
    openapi_extra=_FORM,
    operation_id="replace_file",
)
def replace(request: HttpRequest, identifier: str) -> Status[VersionOut]:
    """Make `file`, or the result of the job `job`, the document's file. What it was stays as an earlier version."""
    viewer = viewer_of(request, identifier)
    document = catalog.owned_document(viewer, identifier)
    new = Replacement(document, "", viewer, place_of(request))
    try:
        with received(request, lambda size: quotas.require_early(size, new.payer, new.place, documents=0)) as files:
            file = files[0]
            named = Replacement(document, str(file.name), viewer, new.place)
            return Status(201, _told(request, versions.replace(file.arrived(), named)))
    except NoFile:
        if "job" not in request.POST:
            raise
    job = jobs.find(request.POST["job"])
    return Status(201, _told(request, keeping.keep_as_version(job, document, viewer, new.place)))


@router.post(
    "/documents/{identifier}/versions/{number}/restore",
    response=VersionOut,
    summary="Bring a version back",
    url_name="version_restore",
)
def restore(request: HttpRequest, identifier: str, number: str) -> VersionOut:
    """Make an earlier version the newest one, under a number of its own."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    return _told(request, versions.bring_back(document, whole(number, "number", digits=6)))


@router.delete(
    "/documents/{identifier}/versions/{number}", response={204: None}, summary="Delete a version", url_name="version"
)
def forget(request: HttpRequest, identifier: str, number: str) -> Status[None]:
    """Delete an earlier version for good."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    versions.forget(document, whole(number, "number", digits=6))
    return Status(204, None)
