"""The reading text as templates draw it: a stretch of pages as headings, paragraphs, lists, verse and notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from pliego.documents import flowing
from pliego.documents.models import Document
from pliego.documents.printed import number_on
from pliego.pdf.flow import Block, Kind

STRETCH = 20
"""Pages at one address, so that the cost does not depend on the length of the document."""
TOGETHER = {Kind.ITEM, Kind.FOOTNOTE}
"""What stands together in one list."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, the mark of a note (``note`` is the note's id), or the place where a page begins (``page``)."""

    text: str = ""
    note: str = ""
    back: bool = False
    """The note leads back to this mark: it is the first one of the note."""
    page: int = 0
    label: str = ""
    """What people call the page."""
    page_url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its text in pieces; ``level`` is that of an HTML heading where it is one."""

    kind: Kind
    id: str
    level: int
    mark: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text of the pages ``first`` to ``last``; ``groups`` are parts that belong in one list, or single ones."""

    first: int
    last: int
    groups: list[tuple[Kind, list[Part]]] = field(default_factory=list)


def stretch_at(document: Document, number: int) -> Stretch:
    """Return the stretch of reading text that a page lies in."""
    first = (number - 1) // STRETCH * STRETCH + 1
    last = min(first + STRETCH - 1, max(document.file.readable_pages, 1))
    found = parts(document, list(flowing.flow(document.file, first, last)), first)
    return Stretch(first, last, [(kind, group) for kind, group in _grouped(found)])


def _grouped(parts: Iterator[Part]) -> Iterator[tuple[Kind, list[Part]]]:
    for kind, group in groupby(parts, lambda part: part.kind):
        if kind in TOGETHER:
            yield kind, list(group)
        else:
            yield from ((kind, [part]) for part in group)


def parts(document: Document, blocks: list[Block], first: int) -> Iterator[Part]:
    """Each block in pieces; a page that begins with a block is marked in front of its words."""
    notes = {block.id for block in blocks if block.kind == Kind.FOOTNOTE}
    level, page = 1, first - 1
    for block in blocks:
        opening = [_page_mark(document, number) for number in range(page + 1, block.page + 1)]
        page = max([page, block.page, *(number for _, number in block.breaks)])
        heading = 0
        if block.kind == Kind.HEADING:
            level = heading = min(block.level + 1, level + 1, 6)
        yield Part(block.kind, block.id, heading or block.level, block.mark, opening + _pieces(document, block, notes))


def _page_mark(document: Document, number: int) -> Piece:
    return Piece(page=number, label=number_on(document, number), page_url=document.page_url(number))


def _pieces(document: Document, block: Block, notes: set[str]) -> list[Piece]:
    """The text cut where further pages begin and where notes are marked."""
    cuts = [(at, at, _page_mark(document, page)) for at, page in block.breaks]
    seen: set[str] = set()
    for ref in block.note_refs:
        note = ref.note if ref.note in notes else ""
        cuts.append((ref.at, ref.at + len(ref.mark), Piece(ref.mark, note=note, back=note not in seen)))
        seen.add(note)
    pieces: list[Piece] = []
    done = 0
    for start, end, piece in sorted(cuts, key=lambda cut: cut[:2]):
        pieces += [Piece(block.text[done:start]), piece]
        done = end
    return [*pieces, Piece(block.text[done:])]
