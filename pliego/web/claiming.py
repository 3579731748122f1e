"""What has only a manage link goes into an account."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect

from pliego.accounts.viewer import Viewer
from pliego.documents.gathered import Collection
from pliego.documents.models import Document
from pliego.web import freshness
from pliego.web.viewers import COOKIE


def claimed(viewer: Viewer, owned: Document | Collection, claim: Callable[[int], object]) -> HttpResponse:
    """Let the account that is signed in ``claim`` it, and the browser forget the link; else lead to signing in.

    The caller has checked that this person may.
    """
    if viewer.person is None:
        return redirect_to_login(owned.manage_url)
    claim(viewer.person)
    response = HttpResponseRedirect(owned.manage_url, status=303)
    response.delete_cookie(COOKIE, path=owned.manage_url.removesuffix("manage"))
    return freshness.never_stored(response)
