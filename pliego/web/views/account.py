"""The first page of an account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pliego.documents import holdings, quotas
from pliego.web import freshness
from pliego.web.viewers import visitor_of


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what the account is and holds."""
    viewer = visitor_of(request)
    context = {"held": holdings.held_by(viewer), "quota": quotas.of_account(viewer)}
    return freshness.never_stored(render(request, "account/home.html", context))
