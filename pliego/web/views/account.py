"""The first page of an account, and the last."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pliego.documents import belongings, holdings, leaving, quotas
from pliego.web import freshness
from pliego.web.downloads import zip_response
from pliego.web.viewers import visitor_of


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what the account is and holds."""
    viewer = visitor_of(request)
    context = {"held": holdings.held_by(viewer), "quota": quotas.of_account(viewer)}
    return freshness.never_stored(render(request, "account/home.html", context))


@require_safe
@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """Give out everything that the account holds, as a ZIP."""
    return zip_response(belongings.everything_of(visitor_of(request)), f"pliego {timezone.localdate()}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is not typed throughout
def close(request: HttpRequest) -> HttpResponse:
    """Ask, then close the account with everything in it."""
    if request.method != "POST":
        held = holdings.held_by(visitor_of(request))
        return freshness.never_stored(render(request, "account/close.html", {"held": held}))
    leaving.close(visitor_of(request))
    logout(request)
    return freshness.never_stored(render(request, "account/closed.html"))
