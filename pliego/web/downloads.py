"""Archives that are sent while they are made."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from pliego.web.filenames import content_disposition


def zip_response(chunks: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """Send a ZIP under a name; nobody keeps it."""
    response = StreamingHttpResponse(chunks, content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition(name, ending=".zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response
