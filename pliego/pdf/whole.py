"""All that intake wants to know of a short file, told by one child in the order in which people wait for it."""

from collections.abc import Iterator
from contextlib import suppress

from pliego.errors import UnreadablePdf
from pliego.pdf.beginning import PAGES, beginning
from pliego.pdf.facts import read_facts
from pliego.pdf.geometry import Frame
from pliego.pdf.language import language_of
from pliego.pdf.outline import read_outline
from pliego.pdf.picture import render_page
from pliego.pdf.scans import scanned_pages
from pliego.pdf.source import Source
from pliego.pdf.text import read_pages
from pliego.pdf.title import clean_title, guess_title
from pliego.pdf.values import OutlineEntry, PageText, PdfFacts, Remarks


def read_whole(source: Source, width: int, most: int) -> Iterator[PdfFacts | bytes | Iterator[PageText] | Remarks]:
    """The facts; the first page as a picture, b"" when it cannot be drawn; every page, to be taken
    before what follows; and the rest.

    Ends after the facts of a damaged file, which is to be repaired first, and after the picture of one with more than
    ``most`` pages. Raise what read_facts raises.
    """
    facts = read_facts(source)
    yield facts
    if facts.repaired:
        return
    yield _picture(source, width)
    if facts.pages > most:
        return
    seen = _Seen()
    frames: dict[int, Frame] = {}
    yield seen.passing(read_pages(source, 1, most, frames))
    sample = beginning(seen.first)
    yield Remarks(
        title=guess_title(seen.first[0]) if seen.first and not clean_title(facts.title) else "",
        language=language_of(sample) if sample else "",
        scanned=list(scanned_pages(source, seen.bare)) if seen.bare else [],
        outline=_outline(source, frames),
    )


class _Seen:
    """What is remembered of pages that pass by."""

    def __init__(self) -> None:
        self.first: list[PageText] = []
        self.bare: list[int] = []

    def passing(self, pages: Iterator[PageText]) -> Iterator[PageText]:
        """The same pages."""
        for page in pages:
            if page.number <= PAGES:
                self.first.append(page)
            if page.is_bare:
                self.bare.append(page.number)
            yield page


def _picture(source: Source, width: int) -> bytes:
    with suppress(UnreadablePdf):
        return render_page(source, 1, width)
    return b""


def _outline(source: Source, frames: dict[int, Frame]) -> list[OutlineEntry]:
    with suppress(UnreadablePdf):
        return read_outline(source, frames)
    return []
