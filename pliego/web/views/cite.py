"""Citations of a document."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pliego.documents import catalog, citation
from pliego.documents.models import Document
from pliego.documents.printed import labels_of
from pliego.errors import NotFound
from pliego.web import freshness
from pliego.web.citing import asked_page, work_of
from pliego.web.filenames import content_disposition
from pliego.web.places import asked_place
from pliego.web.viewers import viewer_of


@require_safe
def show(request: HttpRequest, identifier: str, slug: str) -> HttpResponse:
    """Show how to cite a document, or its page `?p=`, in every style; `?n=` names the page as people do."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    if request.GET.get("n"):
        return HttpResponseRedirect(f"{document.get_absolute_url()}cite?p={_named(request, document)}")
    work = _asked(request, document)
    if slug != document.slug:
        return HttpResponseRedirect(f"{document.get_absolute_url()}cite{_query(work)}")
    part = f"cite {work.page} {work.accessed}"
    return freshness.shared(request, document, part, lambda: _page(request, document, work))


def _page(request: HttpRequest, document: Document, work: citation.Work) -> HttpResponse:
    context = {
        "document": document,
        "page": work.page,
        "page_name": work.page_name,
        "labels": labels_of(document).runs,
        "page_count": 0 if document.locked else document.file.readable_pages,
        "styles": [(name, make(work), citation.plain(make(work))) for name, make in citation.STYLES.values()],
        "records": [
            (name, f"{document.get_absolute_url()}cite.{ending}{_query(work)}", make(work))
            for ending, (name, _, make) in citation.RECORDS.items()
        ],
    }
    return render(request, "documents/cite.html", context)


@require_safe
def record(request: HttpRequest, identifier: str, slug: str, ending: str) -> HttpResponse:
    """Answer with the record of a document, or of its page `?p=`, for a reference manager."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    work = _asked(request, document)
    if slug != document.slug:
        return HttpResponseRedirect(f"{document.get_absolute_url()}cite.{ending}{_query(work)}")
    _, media_type, make = citation.RECORDS[ending]
    response = HttpResponse(make(work), content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition(document.title, ending=f".{ending}")
    response.headers["Cache-Control"] = freshness.cache_control(document)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _named(request: HttpRequest, document: Document) -> int:
    if document.locked:
        raise NotFound
    return asked_place(request, document)


def _asked(request: HttpRequest, document: Document) -> citation.Work:
    page = asked_page(request)
    if page is not None and document.locked:
        raise NotFound
    return work_of(request, document, page)


def _query(work: citation.Work) -> str:
    return f"?p={work.page}" if work.page else ""
