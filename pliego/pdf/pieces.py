"""One page of reading text: which of its lines are headings, items of lists, verse, footnotes and plain paragraphs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from pliego.pdf.flow import Block, Kind, NoteRef
from pliego.pdf.headings import LARGER, looks_like_heading
from pliego.pdf.layout import Body
from pliego.pdf.lists import items_among
from pliego.pdf.notes import Note, marks_in, part_notes
from pliego.pdf.paragraphs import ends_sentence, goes_on, grouped
from pliego.pdf.seams import Wording, joined, seam
from pliego.pdf.tables import is_typewritten, tables, typewritten, without_leaders
from pliego.pdf.values import Line, OutlineEntry

ENOUGH = 300
"""Characters below which a page does not tell the usual size of its text."""
HEADING_LINES = 3
MAX_LEVEL = 6
VERSE_LINES = 3
"""So many short lines one below the other are lines on purpose."""


@dataclass(slots=True)
class Piece:
    """A block as it grows over pages."""

    kind: Kind
    lines: list[Line]
    text: str
    page: int
    id: str
    level: int = 0
    mark: str = ""
    note_refs: list[NoteRef] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)

    def goes_on_with(self, more: "Piece") -> bool:
        """Whether the end of the page cut a sentence in two."""
        joinable = self.kind in (Kind.PARAGRAPH, Kind.ITEM) and more.kind is Kind.PARAGRAPH
        return joinable and bool(self.lines and more.lines) and goes_on(self.lines, more.lines)

    def go_on(self, more: "Piece", wording: Wording) -> None:
        """Take in what stands on the next page."""
        taken, between = seam(self.text, more.text, wording)
        start = len(self.text) - taken + len(between)
        self.text = self.text[: len(self.text) - taken] + between + more.text
        self.lines = more.lines
        self.note_refs += [NoteRef(ref.at + start, ref.mark, ref.note) for ref in more.note_refs]
        self.breaks.append((start, more.page))

    def block(self) -> Block:
        """The block as it stands now."""
        return Block(
            self.kind, self.text, self.page, self.id, self.level, list(self.note_refs), self.mark, list(self.breaks)
        )


class PagePieces:
    """The pieces of a page. ``entries``: the sections that begin on it; ``level``: that of the section before it."""

    def __init__(self, body: Body, entries: Iterable[OutlineEntry], level: int) -> None:
        self._body = body
        self._number = body.page.number
        self._places = {id(line): place for place, line in enumerate(body.lines)}
        self._usual = _usual_size(body.lines)
        self._programs = not is_typewritten(body.lines)
        self.level = level
        """That of the last section."""
        lines, notes = body.lines, list[Note]()
        if self._usual and not _turned(body):
            lines, notes = part_notes(lines, self._usual, body.page.height)
        self.text = list(self._pieces(lines, list(entries)))
        self.notes = [self._note(note, order) for order, note in enumerate(notes, 1)]
        self._link_notes()

    def _pieces(self, lines: list[Line], entries: list[OutlineEntry]) -> Iterator[Piece]:
        done = 0
        for start, end, entry in _titles(lines, entries):
            yield from self._plain(lines[done:start])
            self.level = entry.level
            yield self._piece(Kind.HEADING, lines[start:end], level=min(entry.level, MAX_LEVEL))
            done = end
        yield from self._plain(lines[done:])

    def _plain(self, lines: list[Line]) -> Iterator[Piece]:
        """Lines that hold none of the known headings; the rows of tables stay rows."""
        done = 0
        for start, end in tables(lines, programs=self._programs):
            yield from self._prose(lines[done:start])
            rows = lines[start:end]
            yield self._lines(rows)
            done = end
        yield from self._prose(lines[done:])

    def _prose(self, lines: list[Line]) -> Iterator[Piece]:
        groups = grouped(lines) if lines else []
        items = items_among(groups)
        pieces: list[Piece] = []
        for group, item in zip(groups, items, strict=True):
            if item:
                pieces.append(self._piece(Kind.ITEM, group, item.skip, level=item.level, mark=item.mark))
            elif self._usual and group[0].size >= LARGER * self._usual and looks_like_heading(group):
                pieces.append(self._piece(Kind.HEADING, group, level=min(self.level + 1, MAX_LEVEL)))
            else:
                pieces.append(self._piece(Kind.PARAGRAPH, group))
        return self._with_verse(pieces)

    def _with_verse(self, pieces: list[Piece]) -> Iterator[Piece]:
        """Runs of single lines as verse."""
        for _, run in groupby(_numbered_runs(pieces), key=lambda pair: pair[0]):
            found = [piece for _, piece in run]
            if len(found) < VERSE_LINES or sum(ends_sentence(piece.text) for piece in found) > len(found) / 2:
                yield from found
            else:
                yield self._lines([line for piece in found for line in piece.lines])

    def _piece(self, kind: Kind, lines: list[Line], skip: int = 0, *, level: int = 0, mark: str = "") -> Piece:
        text = without_leaders(joined([line.text for line in lines], self._body.wording)[skip:].strip())
        return Piece(kind, lines, text, self._number, self._id(lines[0]), level, mark)

    def _lines(self, lines: list[Line]) -> Piece:
        """Lines that stay lines."""
        program = self._programs and sum(typewritten(lines)) > len(lines) / 2
        kind = Kind.PROGRAM if program else Kind.VERSE
        return Piece(kind, lines, _indented(lines), self._number, self._id(lines[0]))

    def _id(self, line: Line) -> str:
        return f"p{self._number}-{self._places[id(line)]}"

    def _note(self, note: Note, order: int) -> Piece:
        text = joined([line.text for line in note.lines], self._body.wording)
        return Piece(Kind.FOOTNOTE, note.lines, text, self._number, f"n{self._number}-{order}", mark=note.mark)

    def _link_notes(self) -> None:
        """Tie each footnote to its mark in the text, where there is only one that it can be."""
        for note in self.notes:
            places = [(piece, at) for piece in self.text for at in marks_in(piece.text, note.mark)]
            if len(places) == 1:
                piece, at = places[0]
                piece.note_refs.append(NoteRef(at, note.mark, note.id))
        for piece in self.text:
            piece.note_refs.sort(key=lambda ref: ref.at)


def _turned(body: Body) -> bool:
    """Whether the lines were turned to be upright, so that they do not lie on the page as shown."""
    return bool(body.lines) and bool(body.page.lines) and not any(body.lines[0] is line for line in body.page.lines)


def _usual_size(lines: list[Line]) -> float:
    """The type size of most of the page, 0 when there is too little of it."""
    characters: Counter[float] = Counter()
    for line in lines:
        characters[line.size] += len(line.text)
    if characters.total() < ENOUGH:
        return 0.0
    return characters.most_common(1)[0][0]


def _titles(lines: list[Line], entries: list[OutlineEntry]) -> list[tuple[int, int, OutlineEntry]]:
    """Where the titles of sections stand among the lines, in order: first line, line after the last, section."""
    letters = [_letters(line.text) for line in lines]
    found: dict[int, tuple[int, int, OutlineEntry]] = {}
    for entry in entries:
        runs = [run for run in _runs(letters, _letters(entry.title)) if run[0] not in found]
        if runs:
            start, end = min(runs, key=lambda run: abs(lines[run[0]].y - (entry.y or 0.0)))
            found[start] = (start, end, entry)
    titles: list[tuple[int, int, OutlineEntry]] = []
    for start in sorted(found):
        if not titles or start >= titles[-1][1]:
            titles.append(found[start])
    return titles


_NUMBERING = re.compile(
    r"(?:chapter|part|section|appendix|capitulo|parte|seccion|apendice|anexo|chapitre|partie|annexe|kapitel|teil|anhang)?"
    r"(?:\d{1,8}|[ivxlc]{1,6}|[a-z]\d{0,6})?"
)


def _runs(letters: list[str], title: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that are this title, with a number before it or without the one it has."""
    for start in range(len(letters) if title else 0):
        text = ""
        for end in range(start, min(start + HEADING_LINES, len(letters))):
            text += letters[end]
            longer, shorter = (text, title) if len(text) > len(title) else (title, text)
            if text == title or (
                len(shorter) > 2 and longer.endswith(shorter) and _NUMBERING.fullmatch(longer.removesuffix(shorter))
            ):
                yield start, end + 1


def _letters(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum())


def _numbered_runs(pieces: list[Piece]) -> Iterator[tuple[int, Piece]]:
    """Each piece with the number of the run that it is in: only single lines closely below one another share one."""
    run = 0
    above: Piece | None = None
    for piece in pieces:
        if above is None or not _is_next_line(above, piece):
            run += 1
        yield run, piece
        above = piece


def _is_next_line(above: Piece, below: Piece) -> bool:
    if not all(piece.kind is Kind.PARAGRAPH and len(piece.lines) == 1 for piece in (above, below)):
        return False
    first, second = above.lines[0], below.lines[0]
    size = max(first.size, second.size) or first.height
    return 0.5 * size < second.y - first.y < 2 * size and abs(first.size - second.size) <= 0.05 * size


def _indented(lines: list[Line]) -> str:
    """The lines with spaces for what they are indented by."""
    left = min(line.x for line in lines)
    return "\n".join(" " * _spaces(line, left) + without_leaders(line.text) for line in lines)


def _spaces(line: Line, left: float) -> int:
    advance = line.width / len(line.text) or 1.0
    return min(round((line.x - left) / advance), 40)
