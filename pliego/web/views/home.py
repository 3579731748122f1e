"""The home page: the place to drop a PDF, and what others have shared."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from pliego.accounts.callers import client_address, from_elsewhere, place_of
from pliego.accounts.network import network_of
from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import catalog, quotas
from pliego.documents import samples as sample_documents
from pliego.documents.addresses import in_full
from pliego.documents.intake import Arrival, checked_privacy
from pliego.documents.models import Privacy
from pliego.documents.receiving import ReceivedFile, received
from pliego.errors import Forbidden, PliegoError
from pliego.web.receipts import Receipt, as_text, manage_address, remember
from pliego.web.viewers import at_this_machine, visitor_of, wants_html

SHOWN = 8


@csrf_exempt  # anybody may share a file from anywhere but from another site's page: see from_elsewhere
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show the drop target, or take in the files of its form."""
    if request.method == "POST":
        return _share(request)
    recent = catalog.recent(ANONYMOUS, SHOWN)
    context = {
        "recent": recent,
        "most_viewed": catalog.most_viewed(ANONYMOUS, SHOWN),
        "samples_offered": not recent and at_this_machine(request),
        "face": in_full(static("img/app-512.png"), request),
        "max_upload_mb": settings.MAX_UPLOAD_MB,
    }
    return render(request, "home/home.html", context)


def _share(request: HttpRequest) -> HttpResponse:
    if from_elsewhere(request):
        raise Forbidden
    viewer, place = visitor_of(request), place_of(request)
    with received(request, lambda size: quotas.require_early(size, viewer, place)) as files:
        receipts = [_receipt(request, file) for file in files]
    return _answer(request, receipts)


def _receipt(request: HttpRequest, file: ReceivedFile) -> Receipt:
    """Make one file of the form a document, or say why not; one bad file does not spoil the others."""
    name = str(file.name)
    arrival = Arrival(
        original_name=name,
        privacy=checked_privacy(request.POST.get("privacy", "")),
        origin="web" if wants_html(request) else "program",
        network=network_of(client_address(request)),
        viewer=visitor_of(request),
        place=place_of(request),
    )
    try:
        return Receipt(name, received=file.arrived().finish(arrival))
    except PliegoError as error:
        return Receipt(name, error=error)


def _answer(request: HttpRequest, receipts: list[Receipt]) -> HttpResponse:
    if not wants_html(request):
        return as_text(request, receipts)
    if len(receipts) == 1 and (error := receipts[0].error):
        raise error
    if len(receipts) == 1 and (first := receipts[0].received):
        response: HttpResponse = HttpResponseRedirect(first.document.get_absolute_url(), status=303)
    else:
        context = {"receipts": receipts, **_gathered(request, receipts)}
        response = render(request, "home/receipts.html", context, status=201)
    for receipt in receipts:
        remember(request, response, receipt)
    return response


def _gathered(request: HttpRequest, receipts: list[Receipt]) -> dict[str, str]:
    """Return what makes a collection of what was received: its documents by manage link or identifier."""
    made = [receipt.received for receipt in receipts if receipt.received]
    if len(made) < 2 or any(each.token and each.document.privacy == Privacy.PRIVATE for each in made):
        return {}  # what is private without an account, nobody would see in a collection
    named = [manage_address(request, each.token) if each.token else each.document.pk for each in made]
    return {"gathered": "\n".join(named), "gathered_privacy": made[0].document.privacy}


@require_POST
def samples(request: HttpRequest) -> HttpResponse:
    """Share a few sample PDFs on an empty site, at the operator's wish."""
    if not at_this_machine(request) or catalog.recent(ANONYMOUS, 1):
        raise Forbidden
    sample_documents.share()
    return HttpResponseRedirect(reverse("site:home"))
