"""The file manager: what an account holds, found, put in order, and changed, one or many at once."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from pliego.accounts.viewer import Viewer
from pliego.documents import belongings, catalog, folders, gathering, library, many, mine, quotas, trash
from pliego.documents.intake import checked_privacy
from pliego.documents.many import Outcome
from pliego.documents.models import Privacy
from pliego.documents.numbers import whole
from pliego.errors import BadRequest
from pliego.pdf.operation import MAX_INPUTS
from pliego.toolbox.drafts import Draft
from pliego.web import choices, freshness
from pliego.web.downloads import zip_response
from pliego.web.viewers import viewer_of, visitor_of

_VERBS: dict[str, Callable[[HttpRequest, Viewer, list[str]], Outcome]] = {
    "privacy": lambda request, viewer, keys: many.set_privacy(
        viewer,
        keys,
        checked_privacy(request.POST.get("to_privacy") or "-"),  # nothing becomes public by a gap
    ),
    "move": lambda request, viewer, keys: many.move(
        viewer, keys, folders.find(viewer, request.POST.get("to_folder", ""))
    ),
    "tag": lambda request, viewer, keys: many.tag(viewer, keys, request.POST.get("to_tag", "")),
    "untag": lambda request, viewer, keys: many.untag(viewer, keys, request.POST.get("to_tag", "")),
    "trash": lambda _, viewer, keys: many.trash(viewer, keys),
}

_TOOLS = {"merge", "compare"}
"""Those that work on several documents at once."""


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Show a page of them; without an account, what this browser has shared."""
    viewer = visitor_of(request)
    if viewer.person is None:
        return freshness.never_stored(render(request, "mine/browser.html"))
    asked = choices.asked(request.GET)
    page = mine.page(viewer, asked)
    grid = request.GET.get("view") == "grid"
    context = {
        "asked": asked,
        "page": page,
        "following": choices.address(asked, after=page.following) if page.following else "",
        "columns": choices.columns(asked),
        "grid": grid,
        "here": folders.find(viewer, asked.folder),
        "trashed": trash.content(viewer).count(),
        "quota": quotas.of_account(viewer),
        **choices.offered(viewer, asked, grid=grid),
    }
    return freshness.never_stored(render(request, "mine/files.html", context))


@require_POST
def change(request: HttpRequest) -> HttpResponseBase:
    """Do something to the chosen documents, or to all that the filters leave."""
    viewer = visitor_of(request)
    asked = choices.asked(request.POST)
    everything = bool(request.POST.get("all"))
    chosen = mine.matching(viewer, asked).values_list("pk", flat=True) if everything else request.POST.getlist("id")
    if not chosen:
        messages.warning(request, gettext("Choose documents first."))
        return _back(request)
    keys = many.checked(viewer, chosen)
    verb = request.POST.get("do", "")
    if verb == "zip":
        return zip_response(belongings.zipped(keys), f"pliego {timezone.localdate()}")
    if verb == "collect":
        collection, _ = gathering.make(viewer, gettext("Collection"), Privacy.UNLISTED, " ".join(keys))
        return HttpResponseRedirect(collection.manage_url, status=303)
    if verb in _TOOLS:
        draft = Draft.of_documents([catalog.document_for(viewer, key) for key in keys[: MAX_INPUTS + 1]])
        return HttpResponseRedirect(f"{reverse('site:tool', args=[verb])}?draft={draft.identifier}", status=303)
    if verb not in _VERBS:
        raise BadRequest(what="do")
    _tell(request, verb, _VERBS[verb](request, viewer, keys))
    return _back(request)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undo the last deed."""
    count = many.undo(visitor_of(request), whole(request.POST.get("deed", ""), "deed"))
    messages.success(
        request,
        ngettext("Undone: %(count)s document.", "Undone: %(count)s documents.", count) % {"count": localize(count)},
    )
    return _back(request)


@require_POST
def rename(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give a document another title; a script is answered with the title as it is shown now."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    document = library.rename(document, request.POST.get("title", "")[:300])
    if request.headers.get("Accept", "").startswith("text/plain"):
        return freshness.never_stored(HttpResponse(document.title, content_type="text/plain; charset=utf-8"))
    return _back(request)


def _tell(request: HttpRequest, verb: str, outcome: Outcome) -> None:
    """Say what was done in one line, which can be undone."""
    counts = {"count": localize(outcome.count)}
    said = {
        "privacy": ngettext(
            "Changed who may see %(count)s document.", "Changed who may see %(count)s documents.", outcome.count
        ),
        "move": ngettext("Moved %(count)s document.", "Moved %(count)s documents.", outcome.count),
        "tag": ngettext("Tagged %(count)s document.", "Tagged %(count)s documents.", outcome.count),
        "untag": ngettext(
            "Took the tag off %(count)s document.", "Took the tag off %(count)s documents.", outcome.count
        ),
        "trash": ngettext(
            "%(count)s document is in the trash.", "%(count)s documents are in the trash.", outcome.count
        ),
    }[verb]
    if outcome.deed is None:
        messages.info(request, gettext("Nothing to change: they were like that already."))
    else:
        messages.success(request, said % counts, extra_tags=str(outcome.deed))


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Lead back to the list as it was filtered."""
    return HttpResponseRedirect(
        choices.address(choices.asked(request.POST), view=request.POST.get("view", "")), status=303
    )
