"""The trash: what lies in it, brought back or given up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from pliego.documents import trash
from pliego.errors import BadRequest
from pliego.web import freshness
from pliego.web.viewers import visitor_of


@require_safe
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show what lies in it."""
    viewer = visitor_of(request)
    context = {
        "documents": trash.content(viewer).with_file()[: trash.MOST_SHOWN],
        "count": trash.content(viewer).count(),
        "days": trash.KEPT.days,
    }
    return freshness.never_stored(render(request, "mine/trash.html", context))


@require_POST
@login_required
def change(request: HttpRequest) -> HttpResponse:
    """Bring documents back, let some go, or let everything go."""
    viewer, keys = visitor_of(request), request.POST.getlist("id")
    verb = request.POST.get("do", "")
    if not keys and verb in ("restore", "remove"):
        messages.warning(request, gettext("Choose documents first."))
        return HttpResponseRedirect(reverse("site:trash"), status=303)
    if verb == "restore":
        count = trash.restore(viewer, keys)
        said = ngettext("%(count)s document is back.", "%(count)s documents are back.", count)
    elif verb == "remove":
        count = trash.give_up(viewer, keys)
        said = ngettext("%(count)s document is gone for good.", "%(count)s documents are gone for good.", count)
    elif verb == "empty":
        count = trash.empty(viewer)
        said = ngettext("%(count)s document is gone for good.", "%(count)s documents are gone for good.", count)
    else:
        raise BadRequest(what="do")
    messages.success(request, said % {"count": localize(count)})
    return HttpResponseRedirect(reverse("site:trash"), status=303)
