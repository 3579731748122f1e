"""A page of a document as templates draw it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pliego.documents import reading
from pliego.documents.models import Document
from pliego.documents.printed import labels_of
from pliego.pdf.values import Extent, Link, PageText
from pliego.web import layer

SOURCE_WIDTHS = (400, 800, 1200, 1600)
MAIN_WIDTH = 800


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to light on a page, in points; ``hit`` counts the hits of the page from 0."""

    hit: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: its picture at several widths with the text lying on it. Lengths are points."""

    document: Document
    number: int
    width: float
    height: float
    text: PageText | None
    marks: Sequence[Mark] = ()
    extents: Sequence[Sequence[Extent]] = ()
    """Where the words of each line lie, if they were measured."""

    links: Sequence[Link] | None = None
    """Those of the PDF, if they were looked for."""
    label: str = ""
    """What is printed on it, "" where that is its place in the file."""
    framed: bool = False
    """Whether it is shown on somebody else's page, where links to pages stay in the frame."""

    @property
    def name(self) -> str:
        """What people call it: the number printed on it, else its place."""
        return self.label or str(self.number)

    @property
    def linked(self) -> list[tuple[Link, str, str]]:
        """Each link with the address that it leads to, and what people call its page."""
        labels = labels_of(self.document)
        return [
            (link, link.address or self._address(link.page), labels.of(link.page) or str(link.page))
            for link in self.links or ()
        ]

    def _address(self, page: int) -> str:
        return f"?p={page}" if self.framed else self.document.page_url(page)

    @property
    def url(self) -> str:
        """The page of this page."""
        return self.document.page_url(self.number)

    @property
    def picture(self) -> str:
        """The picture's address at the usual width."""
        return self.document.picture_url(self.number, MAIN_WIDTH)

    @property
    def srcset(self) -> str:
        """The picture's addresses with their widths, for the browser to choose from."""
        return srcset(self.document, self.number)

    @property
    def picture_width(self) -> int:
        """Width of the usual picture in pixels."""
        return MAIN_WIDTH

    @property
    def picture_height(self) -> int:
        """Height of the usual picture in pixels, at least 1."""
        return max(1, round(MAIN_WIDTH * self.height / self.width))

    @property
    def rows(self) -> list[layer.Row]:
        """The lines of text as they lie on the page."""
        return list(layer.rows(self.text, self.extents)) if self.text else []

    @property
    def paragraphs(self) -> list[str]:
        """The page as reading text."""
        return self.text.paragraphs if self.text else []


def srcset(document: Document, number: int) -> str:
    """Return the addresses of a page's pictures with their widths."""
    return ", ".join(f"{document.picture_url(number, width)} {width}w" for width in SOURCE_WIDTHS)


def page_view(document: Document, number: int, marks: Sequence[Mark] = (), *, measure: bool = True) -> PageView:
    """One page that is looked at, with its text if that is read, each word at its place, its links, the boxes to light.

    Without ``measure`` words that were never measured lie about their place: nobody waits, however long the document.
    Links are looked for all the same, which takes milliseconds: without scripts they would never come.
    """
    text = reading.page_text(document.file, number)
    extents = reading.word_places(document.file, text, measure=measure) if text else ()
    links = reading.page_links(document.file, number)
    return replace(_view(document, number, text), marks=marks, extents=extents, links=links)


def page_views(document: Document, first: int, last: int) -> list[PageView]:
    """A run of pages as far as the document has them; none of a locked or unreadable one."""
    if document.locked or document.file.unreadable:
        return []
    return list(_views(document, first, last))


def _views(document: Document, first: int, last: int) -> Iterator[PageView]:
    texts = {text.number: text for text in reading.page_texts(document.file, first, last)}
    for number in range(first, min(last, max(document.file.readable_pages, 1)) + 1):
        yield _view(document, number, texts.get(number))


def _view(document: Document, number: int, text: PageText | None) -> PageView:
    width, height = (text.width, text.height) if text else document.file.page_size(number)
    label = labels_of(document).of(number)
    return PageView(document, number, max(width, 1.0), max(height, 1.0), text, label=label)
