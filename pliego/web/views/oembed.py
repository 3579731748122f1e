"""oEmbed: what a site asks that wants to show a document of ours."""

from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from pliego.errors import BadRequest, FormatUnknown
from pliego.pdf.epub import held_by_xml
from pliego.web import oembed


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Answer how the document at `?url=` is shown elsewhere, as JSON or as XML (`?format=`)."""
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        raise FormatUnknown
    address = request.GET.get("url", "")
    if not address:
        raise BadRequest(what="url")
    said = oembed.answer(request, oembed.aim_of(request, address))
    response: HttpResponse = JsonResponse(said)
    if form == "xml":
        fields = "".join(f"<{name}>{escape(held_by_xml(str(value)))}</{name}>" for name, value in said.items())
        body = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{fields}</oembed>\n'
        response = HttpResponse(body, content_type="text/xml; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-cache"
    return response
