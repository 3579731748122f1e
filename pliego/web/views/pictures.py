"""Pictures of pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pliego.documents import catalog, reading
from pliego.documents.numbers import whole
from pliego.errors import NotFound, UnreadablePdf
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
        try:
            drawn = reading.picture(document.file, int(number), width)
        except UnreadablePdf as error:
            if request.headers.get("Sec-Fetch-Dest") != "image":
                raise
            return _instead(request, error)
        response = HttpResponse(drawn, content_type="image/webp")
    response.headers["ETag"] = etag
    freshness.mark(response, document)
    return response


def _instead(request: HttpRequest, error: UnreadablePdf) -> HttpResponse:
    """Say it in a picture where one stands on a page: browsers show that, whatever the status, and no broken one."""
    response = render(request, "documents/no_picture.html", status=error.status, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    return response
