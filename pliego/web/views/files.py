"""The PDF itself, and some of its pages."""

from base64 import b64encode

from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pliego.documents import catalog, reading, safekeeping, views_count
from pliego.documents.engines import blobs
from pliego.documents.models import Counted
from pliego.documents.numbers import whole
from pliego.errors import NotFound
from pliego.web import freshness
from pliego.web.filenames import content_disposition
from pliego.web.ranges import Served, file_response, set_file_policy
from pliego.web.viewers import viewer_of
from pliego.web.visits import visit_of


@require_safe
def show(request: HttpRequest, identifier: str, slug: str, name: str) -> HttpResponseBase:
    """Give out the exact bytes, whole or in part; with `?download` the browser saves them under the original name."""
    document = catalog.bare_document_for(viewer_of(request, identifier), identifier)
    if not slug == name == document.slug:
        return HttpResponseRedirect(document.file_url)
    path, head = safekeeping.original(document.file)
    served = Served(
        path=path,
        size=head.size,
        etag=f'"{document.file_id}"',
        modified=head.modified,
        disposition=content_disposition(document.original_name, inline="download" not in request.GET),
        internal=str(path.relative_to(blobs().root)),
    )
    try:
        response = file_response(request, served)
    except FileNotFoundError as error:  # deleted since its size was asked for
        raise NotFound from error
    freshness.mark(response, document)
    digest = b64encode(bytes.fromhex(document.file_id)).decode()
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"  # of the whole file, by which anybody can check it
    if response.status_code == 200 or response.headers.get("Content-Range", "").startswith("bytes 0-"):
        views_count.record(visit_of(request), document, Counted.DOWNLOAD)
    return response


@require_safe
def excerpt(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Give out pages ``from`` to ``to`` as a PDF of their own, to be printed."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    if document.locked:
        raise NotFound
    first, last = (whole(request.GET.get(name, ""), name, digits=6, least=1) for name in ("from", "to"))
    response = FileResponse(reading.excerpt(document.file, first, last), content_type="application/pdf")
    set_file_policy(request, response)
    response.headers["Content-Disposition"] = content_disposition(f"{first}-{last} {document.title}", inline=True)
    return freshness.never_stored(response)
