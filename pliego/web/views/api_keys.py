"""Keys for programs: an account makes them, sees when they were used, and revokes them."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pliego.accounts import api_keys
from pliego.documents.addresses import in_full
from pliego.web import freshness
from pliego.web.viewers import visitor_of


class KeyForm(forms.Form):
    """What a key is for."""

    name = forms.CharField(label=_("What it is for"), max_length=100)
    scope = forms.ChoiceField(
        choices=[("read", _("It only reads")), ("write", _("It also shares, changes and deletes"))]
    )


@require_safe
@login_required
def keys(request: HttpRequest) -> HttpResponse:
    """Show the keys of an account."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is not typed throughout
def make(request: HttpRequest) -> HttpResponse:
    """Ask what a key is for, then make it and show it this once; its person is told by a letter, too."""
    form = KeyForm(request.POST if request.method == "POST" else None, initial={"scope": "read"})
    if request.method != "POST" or not form.is_valid():
        return freshness.never_stored(render(request, "account/api_key_new.html", {"form": form}))
    said = form.cleaned_data
    _, secret = api_keys.make(visitor_of(request), said["name"], may_write=said["scope"] == "write")
    get_adapter(request).send_notification_mail("account/email/api_key_made", request.user)
    return _page(request, given=secret)


@require_POST
@login_required
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """End a key."""
    api_keys.revoke(visitor_of(request), number)
    messages.success(request, gettext("The key is revoked: it opens nothing any more."))
    return HttpResponseRedirect(reverse("site:api_keys"), status=303)


def _page(request: HttpRequest, given: str = "") -> HttpResponse:
    context = {"keys": api_keys.keys_of(visitor_of(request)), "given": given, "example": _example(request)}
    return freshness.never_stored(render(request, "account/api_keys.html", context))


def _example(request: HttpRequest) -> str:
    address = in_full(reverse("api:account_documents"), request)
    return f"curl -H 'Authorization: Bearer {api_keys.PREFIX}…' {address}"
