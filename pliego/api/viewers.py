"""Who asks: the account that is signed in, or whoever brings the secret of a document's manage link."""

from django.http import HttpRequest

from pliego.accounts.viewer import Viewer
from pliego.documents import catalog
from pliego.errors import Forbidden

_SCHEME = "bearer "


def viewer_of(request: HttpRequest, identifier: str = "") -> Viewer:
    """Return who asks, for a document if one is named: `Authorization: Bearer` has the secret of its manage link.

    Raise Forbidden for a page of another site that would act for the account that is signed in here.
    """
    said = request.headers.get("Authorization", "")
    token = said[len(_SCHEME) :].strip()[:100] if said.lower().startswith(_SCHEME) else ""
    owned = catalog.holder(identifier, token) if token else frozenset()
    person = request.user.pk if request.user.is_authenticated else None
    if person and request.method not in {"GET", "HEAD"} and request.headers.get("Sec-Fetch-Site") != "same-origin":
        raise Forbidden
    return Viewer(owned=owned, person=person)
