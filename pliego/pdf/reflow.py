"""The reading text of consecutive pages: paragraphs joined over pages, footnotes after the paragraph of their mark."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from pliego.pdf.flow import Block
from pliego.pdf.layout import Body
from pliego.pdf.pieces import PagePieces, Piece
from pliego.pdf.values import OutlineEntry


def reflow(bodies: Iterable[Body], outline: Iterable[OutlineEntry]) -> Iterator[Block]:
    """The blocks of some pages in order, at the cost of one page at a time."""
    sections = {page: list(entries) for page, entries in groupby(sorted(outline, key=_page), key=_page)}
    last: Piece | None = None
    notes: list[Block] = []
    level: int | None = None
    for body in bodies:
        if level is None:
            level = next((sections[page][-1].level for page in reversed(sections) if page < body.page.number), 0)
        page = PagePieces(body, sections.get(body.page.number, ()), level)
        level = page.level
        if last and page.text and last.goes_on_with(page.text[0]):
            last.go_on(page.text.pop(0), body.wording)
        for piece in page.text:
            if last:
                yield last.block()
                yield from notes
                notes = []
            last = piece
        notes += [note.block() for note in page.notes]
    if last:
        yield last.block()
    yield from notes


def _page(entry: OutlineEntry) -> int:
    return entry.page
