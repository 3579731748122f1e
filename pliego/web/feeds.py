"""Lists of documents as Atom feeds (RFC 4287), with the way to older entries (RFC 5005)."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape
from django.utils.translation import get_language

from pliego.documents.addresses import in_full
from pliego.documents.catalog import Listing
from pliego.documents.models import Document
from pliego.pdf.epub import held_by_xml


class _Feed(Atom1Feed):
    """Atom with a link to the next page of the feed, if there is one."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["following"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["following"]})


def feed(request: HttpRequest, title: str, page: str, following: str = "") -> Atom1Feed:
    """Return an empty feed. ``page`` and ``following``: the page that says the same, the feed's next page, if any."""
    return _Feed(
        title=held_by_xml(f"{title} · {settings.SITE_NAME}"),
        link=in_full(page, request),
        description=None,
        language=get_language(),
        author_name=settings.SITE_NAME,
        feed_url=in_full(request.get_full_path(), request),
        following=in_full(following, request) if following else "",
    )


def page(request: HttpRequest, title: str, address: str, listing: Listing) -> HttpResponse:
    """Answer with one page of a list; ``address``: the page that says the same."""
    following = f"{request.path}?{urlencode({'after': listing.following})}" if listing.following else ""
    atom = feed(request, title, address, following)
    for document in listing.documents:
        add(request, atom, document)
    return answer(request, atom)


def add(request: HttpRequest, atom: Atom1Feed, document: Document, summary: str = "") -> None:
    """Put a document into a feed; its entry keeps its id whatever becomes of the title."""
    atom.add_item(
        title=held_by_xml(document.title),
        link=in_full(document.get_absolute_url(), request),
        description=escape(held_by_xml(summary or document.description)),  # Django says that it is HTML
        author_name=held_by_xml(document.author) or None,
        unique_id=in_full(f"/d/{document.pk}/", request),
        pubdate=document.created_at,
        updateddate=document.changed_at,
        categories=[held_by_xml(phrase) for phrase in document.key_phrases[:5]],
        enclosures=[Enclosure(in_full(document.file_url, request), str(document.file.size), "application/pdf")],
    )


def answer(request: HttpRequest, atom: Atom1Feed) -> HttpResponse:
    """Answer with the feed, or that it is the same as before: readers ask often."""
    response = HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
    response.headers["Cache-Control"] = "no-cache"
    set_response_etag(response)
    found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return found if isinstance(found, HttpResponseNotModified) else response
