"""Who asks: an account, by its key or signed in, or whoever brings the secret of a document's manage link."""

from django.http import HttpRequest

from pliego.accounts.callers import bearer_of
from pliego.accounts.viewer import Viewer
from pliego.documents import catalog
from pliego.errors import Forbidden, NeedsKey
from pliego.moderation import programs


def viewer_of(request: HttpRequest, identifier: str = "") -> Viewer:
    """Return who asks, for a document if one is named: `Authorization: Bearer` has a key or a manage link's secret.

    A key counts alone, whoever is signed in. Raise what stands against it, and Forbidden for a page of another site
    that would act for the account that is signed in here.
    """
    person = programs.account_of(request)
    if person is not None:
        return Viewer(person=person)
    token = bearer_of(request)
    owned = catalog.holder(identifier, token) if token else frozenset()
    person = request.user.pk if request.user.is_authenticated else None
    if person and request.method not in {"GET", "HEAD"} and request.headers.get("Sec-Fetch-Site") != "same-origin":
        raise Forbidden
    return Viewer(owned=owned, person=person)


def account_of(request: HttpRequest) -> Viewer:
    """Return who asks with an account; raise NeedsKey of anybody else."""
    viewer = viewer_of(request)
    if viewer.person is None:
        raise NeedsKey
    return viewer
