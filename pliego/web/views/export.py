"""The reading text of a document to take along."""

from datetime import UTC, datetime
from pathlib import Path

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pliego.documents import export
from pliego.documents.addresses import in_full
from pliego.documents.models import Document
from pliego.errors import NotFound
from pliego.web import freshness
from pliego.web.filenames import content_disposition
from pliego.web.ranges import Served, file_response
from pliego.web.views.reading import readable


@require_safe
def text(request: HttpRequest, identifier: str, slug: str, name: str) -> HttpResponseBase:
    """Answer with the whole reading text."""
    document = readable(request, identifier)
    if not slug == name == document.slug:
        return HttpResponseRedirect(_url(document, ".txt"))
    export.check_readable(document)
    return _given(request, document, export.text(document), "text/plain; charset=utf-8")


@require_safe
def epub(request: HttpRequest, identifier: str, slug: str, name: str) -> HttpResponseBase:
    """Answer with the document as an EPUB."""
    document = readable(request, identifier)
    if not slug == name == document.slug:
        return HttpResponseRedirect(_url(document, ".epub"))
    export.check_readable(document)
    address = in_full(document.get_absolute_url(), request)
    return _given(request, document, export.book(document, address), "application/epub+zip")


def _given(request: HttpRequest, document: Document, path: Path, content_type: str) -> HttpResponseBase:
    try:
        stat = path.stat()
        served = Served(
            path=path,
            size=stat.st_size,
            etag=f'"{path.stem}-{stat.st_mtime_ns:x}"',
            modified=datetime.fromtimestamp(stat.st_mtime, UTC),
            disposition=content_disposition(document.title, ending=path.suffix),
            content_type=content_type,
        )
        response = file_response(request, served)
    except FileNotFoundError as error:  # deleted meanwhile
        raise NotFound from error
    response.headers["Cache-Control"] = freshness.cache_control(document)
    response.headers["X-Robots-Tag"] = "noindex"  # the page and the PDF are what search engines are to show
    return response


def _url(document: Document, ending: str) -> str:
    return f"{document.get_absolute_url()}{document.slug}{ending}"
