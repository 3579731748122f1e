"""Lists of documents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import catalog
from pliego.web import feeds


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Show all public documents, newest first, a page at a time."""
    listing = catalog.listing(ANONYMOUS, request.GET.get("after", ""))
    return render(request, "documents/list.html", {"documents": listing.documents, "following": listing.following})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with all public documents as Atom, newest first, a page at a time."""
    listing = catalog.listing(ANONYMOUS, request.GET.get("after", ""))
    return feeds.page(request, gettext("Documents"), reverse("site:documents"), listing)
