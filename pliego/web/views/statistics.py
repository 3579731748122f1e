"""How often a document was read: for its owner, as a page and as a table for programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pliego.documents import catalog, statistics, tables
from pliego.documents.models import Counted
from pliego.documents.printed import labels_of
from pliego.errors import BadRequest
from pliego.web import charts, freshness
from pliego.web.filenames import content_disposition
from pliego.web.viewers import viewer_of

PERIODS = (30, 90, 365)
LONGEST_LIST = 12


@require_safe
def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the numbers of the last month, quarter or year."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    days = _period(request)
    daily, labels = statistics.daily(document, days), labels_of(document)
    context = {
        "document": document,
        "days": days,
        "periods": PERIODS,
        "chart": charts.chart(daily),
        "views": sum(day.views for day in daily),
        "downloads": sum(day.downloads for day in daily),
        "hosts": statistics.most(document, Counted.HOST, days, LONGEST_LIST),
        "searches": statistics.most(document, Counted.WORDS, days, LONGEST_LIST),
        "pages": [
            (number, labels.of(int(number)) or number, count)
            for number, count in statistics.most(document, Counted.PAGE, days, LONGEST_LIST)
        ],
    }
    return freshness.never_stored(render(request, "manage/statistics.html", context))


def _period(request: HttpRequest) -> int:
    asked = request.GET.get("days", str(PERIODS[0]))
    if asked not in map(str, PERIODS):
        raise BadRequest(what="days")
    return int(asked)


@require_safe
def table(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with all numbers as CSV (RFC 4180), each with its day, kind and value."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    told = ((each.day.isoformat(), each.kind, each.value, each.number) for each in statistics.everything(document))
    lines = map(tables.line, (("day", "kind", "value", "number"), *told))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition(document.title, ending=".csv")
    return freshness.never_stored(response)
