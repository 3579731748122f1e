"""What social networks and chats are told of a link (Open Graph, and the names that X reads)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from pliego.documents.addresses import in_full
from pliego.documents.models import Document, Privacy
from pliego.documents.printed import number_on
from pliego.web.passages import Passage


@dataclass(frozen=True, slots=True)
class LinkCard:
    """The words and the picture of a link."""

    title: str
    description: str
    address: str
    image: str
    """Its address in full, "" without one."""
    canonical: str
    """Where it stands without the quote."""
    oembed: list[tuple[str, str]]
    """Media type and address of what tells other sites how to show it; none of what is not public."""


def link_card(
    request: HttpRequest, document: Document, description: str = "", number: int = 0, passage: Passage | None = None
) -> LinkCard | None:
    """Return the card of a document, of page ``number`` or of a passage; None of what only its owner may see."""
    if document.privacy == Privacy.PRIVATE:
        return None
    path, query = document.get_absolute_url(), {}
    title, about = document.title, document.description or description
    if number:
        path, query["p"] = document.page_url(number), str(number)
        title = gettext("Page %(number)s of %(title)s") % {"number": number_on(document, number), "title": title}
    if passage and not passage.gone:
        query["quote"] = passage.quote
        path, about = f"{path}?{urlencode({'quote': passage.quote})}", f"“{passage.text}”"
    picture = f"{reverse('web:card', args=[document.named])}?{urlencode({**query, 'v': document.revision})}"
    canonical = document.page_url(number) if number else path
    drawn = not document.locked and not document.file.unreadable
    return LinkCard(
        title=title,
        description=Truncator(about).chars(200),
        address=in_full(path, request),
        image=in_full(picture, request) if drawn else "",
        canonical=in_full(canonical, request),
        oembed=_oembed(request, path) if document.public else [],
    )


def card_address(request: HttpRequest, document: Document) -> str:
    """Return the address in full of a document's picture for links; "" when it has none."""
    if document.locked or document.file.unreadable or document.privacy == Privacy.PRIVATE:
        return ""
    path = reverse("web:card", args=[document.named])
    return in_full(f"{path}?{urlencode({'v': document.revision})}", request)


def _oembed(request: HttpRequest, path: str) -> list[tuple[str, str]]:
    """Return how other sites find out about showing what is at a path."""
    asked = {"url": in_full(path, request)}
    whole = in_full(reverse("web:oembed"), request)
    return [
        ("application/json+oembed", f"{whole}?{urlencode(asked)}"),
        ("text/xml+oembed", f"{whole}?{urlencode({**asked, 'format': 'xml'})}"),
    ]
