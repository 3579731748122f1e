"""A quoted passage as pages show it: where it is lit, and what is said when it has moved or is gone."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from pliego.documents import quotes
from pliego.documents.models import Document
from pliego.documents.printed import number_on
from pliego.web.pages import Mark


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of a passage that an address quotes."""

    quote: str
    number: int
    """The page it is on; of one that is gone the page it was quoted from."""
    quoted_from: int
    names: tuple[str, str] = ("", "")
    """What people call the page it was quoted from, and the one it is on."""
    text: str = ""
    """Its words, "" when it is gone."""
    marks: list[Mark] = field(default_factory=list)

    @property
    def gone(self) -> bool:
        """Whether it stands nowhere in the document any more."""
        return not self.text

    @property
    def moved(self) -> bool:
        """Whether it stands on another page than when it was quoted."""
        return self.number != self.quoted_from


def passage(document: Document, number: int, quote: str) -> Passage | None:
    """Look for the passage that an address quotes from a page; None when it quotes none. Raise BadRequest."""
    if not quote:
        return None
    found = quotes.locate(document.file, number, quotes.parse(quote))
    if found is None:
        return Passage(quote, number, number)
    names = number_on(document, number), number_on(document, found.page)
    return Passage(quote, found.page, number, names, found.text, [Mark(0, *box) for box in found.boxes])


def url(document: Document, number: int, anchor: quotes.Anchor) -> str:
    """The page with the passage lit."""
    return f"{document.page_url(number)}?{urlencode({'quote': str(anchor)})}"


def address(document: Document, number: int, passage: Passage | None) -> str:
    """The page in the reader, with the passage lit if there is one."""
    if passage is None:
        return document.page_url(number) if number > 1 else document.get_absolute_url()
    return f"{document.page_url(number)}?{urlencode({'quote': passage.quote})}"
