"""The site's pages in full: one address for everybody, however a request came."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri

from pliego import whereabouts


def in_full(path: str, request: HttpRequest | None = None) -> str:
    """Return a path of this site with its host: the configured address if there is one.

    Else the host is where the request went, or, on the terminal, where the site listens. A request's host is what its
    sender says: of a site that has an address it leads nobody, as in a letter to another, anywhere else.
    """
    asked = request.build_absolute_uri("/")[:-1] if request else whereabouts.noted(settings.DATA)
    address = settings.SITE_ADDRESS or asked or f"http://{settings.HOST}:{settings.PORT}"
    return address + str(iri_to_uri(path))
