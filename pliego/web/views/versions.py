"""Another file for a document, and its earlier versions."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from pliego.accounts.callers import from_elsewhere, place_of
from pliego.accounts.viewer import Viewer
from pliego.documents import catalog, quotas
from pliego.documents import versions as history_of
from pliego.documents.addresses import in_full
from pliego.documents.models import Document
from pliego.documents.receiving import received
from pliego.documents.versions import Replacement
from pliego.errors import FilesGone, Forbidden, NotFound, PliegoError
from pliego.toolbox import jobs, keeping
from pliego.web import freshness, history
from pliego.web.answers import sentence
from pliego.web.viewers import viewer_of, wants_html


@csrf_exempt  # its file is not read twice to look for a token: other sites are refused, and cookies are Lax
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the versions of a document, or take in another file for it."""
    viewer = viewer_of(request, identifier)
    document = catalog.owned_document(viewer, identifier)
    if request.method != "POST":
        return _page(request, document)
    if from_elsewhere(request):
        raise Forbidden
    try:
        document = _replaced(request, viewer, document)
    except PliegoError as error:
        if not wants_html(request):
            raise
        return _page(request, document, error=sentence(error), status=error.status)
    return _done(request, document)


def _replaced(request: HttpRequest, viewer: Viewer, document: Document) -> Document:
    new = Replacement(document, "", viewer, place_of(request))
    with received(request, lambda size: quotas.require_early(size, new.payer, new.place, documents=0)) as files:
        file = files[0]
        return history_of.replace(file.arrived(), Replacement(document, str(file.name), viewer, new.place))


def _done(request: HttpRequest, document: Document) -> HttpResponse:
    if wants_html(request):
        return HttpResponseRedirect(f"{reverse('web:versions', args=[document.pk])}?done", status=303)
    page = in_full(document.get_absolute_url(), request)
    body = f"page: {page}\nversion: {document.version}\n"
    return HttpResponse(body, status=201, content_type="text/plain; charset=utf-8")


def _page(request: HttpRequest, document: Document, *, error: str = "", status: int = 200) -> HttpResponse:
    earlier = history_of.earlier(document)
    context = {
        "document": document,
        "entries": history.entries(document, earlier, history_of.withheld(earlier)),
        "max_upload_mb": settings.MAX_UPLOAD_MB,
        "error": error,
        "done": "done" in request.GET and not error,
    }
    return freshness.never_stored(render(request, "manage/versions.html", context, status=status))


@require_POST
def keep(request: HttpRequest, identifier: str) -> HttpResponse:
    """Make the result of a job (`job`) the document's file."""
    viewer = viewer_of(request, identifier)
    document = catalog.owned_document(viewer, identifier)
    try:
        keeping.keep_as_version(jobs.find(request.POST.get("job", "")), document, viewer, place_of(request))
    except PliegoError as error:
        said = FilesGone() if isinstance(error, NotFound) else error
        return _page(request, document, error=sentence(said), status=said.status)
    return HttpResponseRedirect(f"{reverse('web:versions', args=[identifier])}?done", status=303)


@require_POST
def shown(request: HttpRequest, identifier: str) -> HttpResponse:
    """Let whoever sees the document see its earlier versions too, or its owner alone."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    history_of.show(document, shown="shown" in request.POST)
    return HttpResponseRedirect(f"{reverse('web:versions', args=[identifier])}?done", status=303)


@require_POST
def bring_back(request: HttpRequest, identifier: str, number: str) -> HttpResponse:
    """Make an earlier version the newest one."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    history_of.bring_back(document, int(number))
    return HttpResponseRedirect(f"{reverse('web:versions', args=[identifier])}?done", status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, identifier: str, number: str) -> HttpResponse:
    """Ask, then delete an earlier version for good."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    if request.method == "POST":
        history_of.forget(document, int(number))
        return HttpResponseRedirect(f"{reverse('web:versions', args=[identifier])}?done", status=303)
    earlier = history_of.one(document, int(number)).pinned(document)
    context = {"document": document, "earlier": earlier}
    return freshness.never_stored(render(request, "manage/version_delete.html", context))
