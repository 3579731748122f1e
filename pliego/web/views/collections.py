"""Collections: made after sharing several files, seen by visitors, kept by whoever made them."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pliego.accounts.callers import from_elsewhere
from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import gathering
from pliego.documents.addresses import in_full
from pliego.documents.catalog import Listing
from pliego.documents.gathered import Collection
from pliego.documents.intake import checked_privacy
from pliego.documents.models import Document, Privacy
from pliego.documents.names import safe_name
from pliego.documents.numbers import whole
from pliego.documents.safekeeping import packed
from pliego.errors import BadRequest, Forbidden
from pliego.storage import zipping
from pliego.web import feeds, freshness, receipts, social, windows
from pliego.web.claiming import claimed
from pliego.web.filenames import content_disposition
from pliego.web.networks import networks
from pliego.web.viewers import keep_token, keeper_of, visitor_of, wants_html

PAGE = 48


class DetailsForm(forms.Form):
    """What its keeper says of a collection."""

    title = forms.CharField(max_length=300)
    description = forms.CharField(max_length=5000, required=False)
    privacy = forms.ChoiceField(choices=Privacy.choices)

    def details(self) -> gathering.Details:
        """Return the checked values."""
        return gathering.Details(**{**self.cleaned_data, "privacy": Privacy(self.cleaned_data["privacy"])})


@csrf_exempt  # as sharing itself: see from_elsewhere
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a collection of the documents that the form names, and lead to it."""
    if from_elsewhere(request):
        raise Forbidden
    privacy = checked_privacy(request.POST.get("privacy", ""))
    named = request.POST.get("documents", "")
    title = request.POST.get("title", "").strip() or gettext("Collection")
    collection, token = gathering.make(visitor_of(request), title, privacy, named)
    if not wants_html(request):
        return freshness.never_stored(receipts.of_collection(request, collection, token))
    response = HttpResponseRedirect(collection.get_absolute_url(), status=303)
    if token:
        keep_token(request, response, collection.pk, token, room="c")
    return freshness.never_stored(response)


@require_safe
def short(request: HttpRequest, identifier: str) -> HttpResponse:
    """Lead from the bare identifier to the collection's full address."""
    collection = gathering.collection_for(keeper_of(request, identifier), identifier)
    return HttpResponseRedirect(collection.get_absolute_url())


@require_safe
def show(request: HttpRequest, identifier: str, slug: str) -> HttpResponse:
    """Show the documents of a collection, as far as this person may see them."""
    viewer = keeper_of(request, identifier)
    collection = gathering.collection_for(viewer, identifier)
    if slug != collection.slug:
        return HttpResponseRedirect(collection.get_absolute_url())
    keeps = viewer.keeps(collection.pk, collection.owner_id)
    first = whole(request.GET.get("after", "0"), "after", digits=9)
    documents = list(gathering.documents_in(viewer, collection, first)[: PAGE + 1])
    address = in_full(collection.get_absolute_url(), request)
    context = {
        "collection": collection,
        "documents": documents[:PAGE],
        "following": documents[PAGE - 1].position if len(documents) > PAGE else "",  # type: ignore[attr-defined]
        "totals": gathering.totals(gathering.documents_in(viewer, collection)),
        "keeps": keeps,
        "manage_address": receipts.kept_address(request) if keeps else "",
        "address": address,
        "networks": networks(collection.title, address),
        "card": social.card_address(request, documents[0]) if documents and not first else "",
    }
    return _marked(viewer, collection, render(request, "collections/show.html", context))


@require_safe
def feed(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the documents of a collection as Atom, in its order."""
    viewer = keeper_of(request, identifier)
    collection = gathering.collection_for(viewer, identifier)
    documents = list(gathering.documents_in(viewer, collection)[:PAGE])
    response = feeds.page(request, collection.title, collection.get_absolute_url(), Listing(documents, ""))
    return _marked(viewer, collection, response)


@require_safe
def archive(request: HttpRequest, identifier: str, slug: str, name: str) -> HttpResponseBase:
    """Send all its documents in one ZIP, written while it is sent."""
    viewer = keeper_of(request, identifier)
    collection = gathering.collection_for(viewer, identifier)
    if not slug == name == collection.slug:
        return HttpResponseRedirect(reverse("web:collection_zip", args=[identifier, collection.slug, collection.slug]))
    entries = _entries(list(gathering.documents_in(viewer, collection)))
    response: HttpResponseBase = HttpResponse() if request.method == "HEAD" else _streamed(entries)
    response.headers["Content-Type"] = "application/zip"
    response.headers["Content-Length"] = str(zipping.length(entries))
    response.headers["Content-Disposition"] = content_disposition(collection.title, ending=".zip")
    return freshness.never_stored(response)


def _streamed(entries: list[zipping.Entry]) -> StreamingHttpResponse:
    return StreamingHttpResponse(zipping.stream(entries))


def _entries(documents: list[Document]) -> list[zipping.Entry]:
    """Return the files of some documents under their titles, numbered in their order."""
    digits = len(str(len(documents)))
    names = zipping.unique(safe_name(f"{at:0{digits}} {each.title}") for at, each in enumerate(documents, 1))
    return list(packed(zip(names, documents, strict=True)))


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show and change a collection: what is said of it, what is in it, and in which order."""
    viewer = keeper_of(request, identifier)
    collection = gathering.kept_collection(viewer, identifier)
    form = DetailsForm(initial=gathering.said_of(collection))
    more: dict[str, Any] = {}
    if request.POST.get("do") == "save":
        form, more = _save(request, collection)
    elif request.method == "POST":
        more = _do(request, collection)
    if request.method == "POST":
        collection.refresh_from_db()
    context = {
        "collection": collection,
        "form": form,
        "opened_with": DetailsForm(initial=gathering.said_of(collection), prefix=windows.SHOWN),
        "documents": gathering.documents_in(viewer, collection),
        "manage_address": receipts.kept_address(request),
        **more,
    }
    status = 409 if more.get("meanwhile") else 200
    return freshness.never_stored(render(request, "collections/manage.html", context, status=status))


def _save(request: HttpRequest, collection: Collection) -> tuple[DetailsForm, dict[str, Any]]:
    """Save what its keeper says; return the form as it is to be shown, and what is said about it."""
    form, shown = DetailsForm(request.POST), DetailsForm(request.POST, prefix=windows.SHOWN)
    if not form.is_valid():
        return form, {}
    before = shown.details() if shown.is_valid() else gathering.Details(**gathering.said_of(collection))
    amended = gathering.amend(collection, form.details(), before)
    return windows.told(DetailsForm, amended), {"saved": not amended.meanwhile, "meanwhile": amended.meanwhile}


def _do(request: HttpRequest, collection: Collection) -> dict[str, Any]:
    """Do what a button beside a document or below them says; return what is said about it."""
    verb, _, identifier = request.POST.get("do", "").partition(":")
    if verb == "add":
        return {"added": gathering.add(visitor_of(request), collection, request.POST.get("documents", ""))}
    if verb == "remove":
        gathering.remove(collection, identifier)
    elif verb in {"up", "down"}:
        gathering.move(collection, identifier, up=verb == "up")
    elif verb == "sort":
        gathering.sort_by_title(collection)
    elif verb == "order":
        gathering.arrange(collection, request.POST.get("order", "").split())
    else:
        raise BadRequest(what="do")
    return {"moved": identifier, "way": verb}


@require_POST
def claim(request: HttpRequest, identifier: str) -> HttpResponse:
    """Put a collection that has only a manage link into the account that is signed in."""
    viewer = keeper_of(request, identifier)
    collection = gathering.kept_collection(viewer, identifier)
    return claimed(viewer, collection, partial(gathering.claim, collection))


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, identifier: str) -> HttpResponse:
    """Ask, then delete a collection; its documents stay."""
    collection = gathering.kept_collection(keeper_of(request, identifier), identifier)
    if request.method != "POST":
        return freshness.never_stored(render(request, "collections/delete.html", {"collection": collection}))
    gathering.dissolve(collection)
    return freshness.never_stored(HttpResponseRedirect(reverse("site:collections"), status=303))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the public collections, newest first, a page at a time, and those of the account before them."""
    viewer, after = visitor_of(request), request.GET.get("after", "")
    found, following = gathering.listing(after)
    context = {"collections": found, "following": following, "own": [] if after else gathering.of_account(viewer)}
    response = render(request, "collections/index.html", context)
    response.headers["Cache-Control"] = "private, no-store" if viewer.person else "no-cache"
    return response


def _marked(viewer: Viewer, collection: Collection, response: HttpResponse) -> HttpResponse:
    """Say who may keep an answer: one that depends on who looks, nobody."""
    if viewer is not ANONYMOUS or not collection.public:
        return freshness.never_stored(response)
    response.headers["Cache-Control"] = "no-cache"
    return response
