"""Pictures of pages."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from pliego.documents import catalog, reading
from pliego.errors import BadRequest, NotFound
from pliego.web import freshness
from pliego.web.pages import MAIN_WIDTH
from pliego.web.viewers import viewer_of


@require_safe
def show(request: HttpRequest, identifier: str, number: str) -> HttpResponse:
    """Answer with the picture of a page at one of the fixed widths (`?w=`)."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    if document.locked:
        raise NotFound
    width = request.GET.get("w", str(MAIN_WIDTH))
    if not re.fullmatch(r"[0-9]{1,5}", width):
        raise BadRequest(what="w")
    etag = f'"{document.file_id[:16]}-{reading.PICTURE_VERSION}-{number}-{width}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(reading.picture(document.file, int(number), int(width)), content_type="image/webp")
    response.headers["ETag"] = etag
    freshness.mark(response, document)
    return response
