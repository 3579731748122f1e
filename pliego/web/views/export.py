"""The reading text of a document to take along."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pliego.documents import export
from pliego.documents.models import Document
from pliego.errors import NotFound
from pliego.web import freshness
from pliego.web.filenames import content_disposition
from pliego.web.ranges import Served, file_response
from pliego.web.views.reading import readable


@require_safe
def text(request: HttpRequest, identifier: str, slug: str, name: str) -> HttpResponseBase:
    """Answer with the whole reading text, as it is put together."""
    document = readable(request, identifier)
    if not slug == name == document.slug:
        return HttpResponseRedirect(_url(document, ".txt"))
    export.check_readable(document)
    pieces = (piece.encode(errors="replace") for piece in export.text(document))
    response = StreamingHttpResponse(pieces, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition(document.title, ending=".txt")
    return _marked(document, response)


@require_safe
def epub(request: HttpRequest, identifier: str, slug: str, name: str) -> HttpResponseBase:
    """Answer with the document as an EPUB."""
    document = readable(request, identifier)
    if not slug == name == document.slug:
        return HttpResponseRedirect(_url(document, ".epub"))
    export.check_readable(document)
    path = export.book(document, request.build_absolute_uri(document.get_absolute_url()))
    try:
        stat = path.stat()
        served = Served(
            path=path,
            size=stat.st_size,
            etag=f'"{path.stem}-{stat.st_mtime_ns:x}"',
            modified=datetime.fromtimestamp(stat.st_mtime, UTC),
            disposition=content_disposition(document.title, ending=".epub"),
            content_type="application/epub+zip",
        )
        response = file_response(request, served, cache=freshness.cache_control(document))
    except FileNotFoundError as error:  # deleted meanwhile
        raise NotFound from error
    return _marked(document, response)


def _url(document: Document, ending: str) -> str:
    return f"{document.get_absolute_url()}{document.slug}{ending}"


def _marked(document: Document, response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = freshness.cache_control(document)
    response.headers["X-Robots-Tag"] = "noindex"  # the page and the PDF are what search engines are to show
    return response
