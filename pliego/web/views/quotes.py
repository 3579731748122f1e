"""A link to a passage, and the words of its citation, for the reader's menu over selected text."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pliego.documents import citation, quotes, reading
from pliego.documents.addresses import in_full
from pliego.errors import BadRequest, NotFound
from pliego.web import freshness, passages
from pliego.web.citing import asked_page, work_of
from pliego.web.views.reading import readable

MAX_TEXT = 2000
"""Characters of each part of a selection; of a longer one its beginning is sent as `text` and its end as `end`."""


@require_safe
def quote(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the link to the passage `?text=` (and `end`, `before`, `after`) of page `?p=`, and its citation.

    JSON: `address` and `citation`, which is the passage with its source. Not found when the page has no such words.
    """
    document = readable(request, identifier)
    number = asked_page(request) or 1
    reading.check_page(document.file, number)
    parts = [request.GET.get(name, "") for name in ("text", "end", "before", "after")]
    if any(len(part) > MAX_TEXT for part in parts):
        raise BadRequest(what="text")
    pages = list(reading.page_texts(document.file, number, number + 1))
    anchor = quotes.anchor_of(pages, *parts) if pages and pages[0].number == number else None
    found = quotes.locate(document.file, number, anchor) if anchor else None
    if anchor is None or found is None:
        raise NotFound
    source = citation.plain(citation.apa(work_of(request, document, number)))
    answer = {
        "address": in_full(passages.url(document, number, anchor), request),
        "citation": gettext("“%(passage)s” — %(source)s") % {"passage": found.text, "source": source},
    }
    return freshness.never_stored(JsonResponse(answer))
