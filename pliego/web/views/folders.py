"""Folders: made, named, moved, given up."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pliego.documents import folders
from pliego.errors import BadRequest, NotFound
from pliego.web.viewers import visitor_of


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Do one thing to one folder and lead to where it is then."""
    viewer = visitor_of(request)
    if viewer.person is None:
        raise NotFound
    verb, name = request.POST.get("do", ""), request.POST.get("name", "")
    parent = folders.find(viewer, request.POST.get("parent", ""))
    if verb == "create":
        return _to(folders.create(viewer, name, parent).pk)
    folder = folders.find(viewer, request.POST.get("folder", ""))
    if folder is None or verb not in {"rename", "move", "remove"}:
        raise BadRequest(what="do")
    if verb == "rename":
        folders.rename(viewer, folder, name)
    if verb == "move":
        folders.move(viewer, folder, parent)
    if verb == "remove":
        folders.remove(viewer, folder)
        return _to(folder.parent_id)
    return _to(folder.pk)


def _to(folder: int | None) -> HttpResponseRedirect:
    shown = f"?folder={folder}" if folder else ""
    return HttpResponseRedirect(f"{reverse('site:files')}{shown}", status=303)
