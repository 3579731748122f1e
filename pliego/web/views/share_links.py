"""Share links: the visitor who follows one, and the owner who gives them out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pliego.accounts.callers import client_address
from pliego.documents import catalog, sharing
from pliego.documents.addresses import in_full
from pliego.documents.models import Document
from pliego.documents.numbers import whole
from pliego.errors import WrongLinkPassword
from pliego.web import freshness
from pliego.web.answers import sentence
from pliego.web.link_form import LinkForm
from pliego.web.viewers import keep_ticket, kept_ticket, viewer_of, visitor_of

PAGE = 50


@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address bar: let the visitor in at once, or lead to what the link asks first."""
    link = sharing.found(token)
    if link.asks:
        ticket, path = sharing.waiting(link), reverse("web:door", args=[link.document_id])
    elif request.method == "HEAD":
        return freshness.never_stored(HttpResponse())
    else:
        ticket, path = sharing.enter(link), reverse("web:document_short", args=[link.document_id])
    response = HttpResponseRedirect(path)
    keep_ticket(request, response, link.document_id, ticket)
    return freshness.never_stored(response)


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, identifier: str) -> HttpResponse:
    """Ask for the password, or whether a view may be spent; then let the visitor in."""
    link = sharing.asked(identifier, kept_ticket(request))
    if request.method != "POST":
        return freshness.never_stored(render(request, "share/door.html", {"link": link}))
    try:
        ticket = sharing.enter(link, request.POST.get("password", "")[:500], client_address(request))
    except WrongLinkPassword as error:
        context = {"link": link, "error": sentence(error)}
        return freshness.never_stored(render(request, "share/door.html", context, status=error.status))
    response = HttpResponseRedirect(reverse("web:document_short", args=[identifier]), status=303)
    keep_ticket(request, response, identifier, ticket)
    return freshness.never_stored(response)


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the share links of a document, and make one."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    form = LinkForm(request.POST if request.method == "POST" else None)
    given = ""
    if request.method == "POST" and form.is_valid():
        _, token = sharing.give(document, form.terms())
        given, form = in_full(reverse("web:share_link", args=[token]), request), LinkForm()
    return _page(request, document, form, given=given)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, identifier: str, number: str) -> HttpResponse:
    """Show and save the terms of one link."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    link = sharing.link_of(document, int(number))
    form = LinkForm(request.POST if request.method == "POST" else None, initial=LinkForm.said_of(link))
    if request.method == "POST" and form.is_valid():
        sharing.change(link, form.terms())
        return HttpResponseRedirect(reverse("web:share_links", args=[identifier]), status=303)
    return _page(request, document, form, link=link)


@require_POST
def revoke(request: HttpRequest, identifier: str, number: str) -> HttpResponse:
    """End a link."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    sharing.revoke(sharing.link_of(document, int(number)))
    return HttpResponseRedirect(reverse("web:share_links", args=[identifier]), status=303)


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show the share links of all documents of an account, a page at a time."""
    viewer, ended = visitor_of(request), request.GET.get("state") == "ended"
    found = sharing.held_by(viewer, ended=ended)
    after = request.GET.get("after", "")
    if after:
        found = found.filter(pk__lt=whole(after, "after"))
    links = list(found[: PAGE + 1])
    context = {
        "links": links[:PAGE],
        "following": links[PAGE - 1].pk if len(links) > PAGE else "",
        "ended": ended,
        "working": sharing.held_by(viewer).count(),
        "over": sharing.held_by(viewer, ended=True).count(),
    }
    return freshness.never_stored(render(request, "share/overview.html", context))


@require_POST
@login_required
def change(request: HttpRequest) -> HttpResponse:
    """End one link, or all that still let in."""
    viewer, number = visitor_of(request), request.POST.get("link", "")
    if number == "all":
        count = sharing.revoke_all(viewer)
    else:
        sharing.revoke_one(viewer, whole(number, "link"))
        count = 1
    said = ngettext("%(count)s link is revoked.", "%(count)s links are revoked.", count)
    messages.success(request, said % {"count": count})
    return HttpResponseRedirect(reverse("site:share_links"), status=303)


def _page(request: HttpRequest, document: Document, form: LinkForm, **more: Any) -> HttpResponse:
    context = {"document": document, "form": form, "links": sharing.links_of(document), **more}
    return freshness.never_stored(render(request, "share/links.html", context))
