"""What programs are told of a public document: schema.org for search engines, citation_* for scholarly indexes."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest

from pliego.documents import citation
from pliego.documents.addresses import in_full
from pliego.documents.citation import Work
from pliego.documents.models import Document
from pliego.web.social import LinkCard

KEYWORDS = 10


@dataclass(frozen=True, slots=True)
class Described:
    """The values of the tags. Addresses are whole."""

    work: Work
    card: LinkCard
    file: str
    site: str
    keywords: list[str]

    @property
    def published(self) -> str:
        """The date as scholarly indexes read it: 2020, or 2020/05/03."""
        day: date = self.work.day
        return str(day.year) if self.work.year_only else f"{day:%Y/%m/%d}"


def described(request: HttpRequest, document: Document, card: LinkCard | None) -> Described | None:
    """Return what a document says to programs; None of what is not public."""
    if not document.public or card is None:
        return None
    return Described(
        work=citation.work(document, card.address, settings.SITE_NAME),
        card=card,
        file=in_full(document.file_url, request),
        site=in_full("/", request),
        keywords=[*dict.fromkeys([*document.own_keywords, *document.key_phrases])][:KEYWORDS],
    )
