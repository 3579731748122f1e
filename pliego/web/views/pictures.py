"""Pictures of pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from pliego.documents import catalog, reading
from pliego.documents.numbers import whole
from pliego.errors import NotFound
from pliego.web import freshness
from pliego.web.pages import MAIN_WIDTH
from pliego.web.viewers import viewer_of


@require_safe
def show(request: HttpRequest, identifier: str, number: str) -> HttpResponse:
    """Answer with the picture of a page at one of the fixed widths (`?w=`)."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    if document.locked:
        raise NotFound
    width = whole(request.GET.get("w", str(MAIN_WIDTH)), "w", digits=5)
    etag = f'"{document.file_id[:16]}-{reading.PICTURE_VERSION}-{number}-{width}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(reading.picture(document.file, int(number), width), content_type="image/webp")
    response.headers["ETag"] = etag
    freshness.mark(response, document)
    return response
