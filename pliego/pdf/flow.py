"""Reading text as values: headings, paragraphs, lists and notes that run on over lines and pages."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """One item of a list; those that follow one another make one list."""
    FOOTNOTE = "footnote"
    VERSE = "verse"
    """Lines that are lines: verse and rows. ``text`` holds line feeds, and spaces where they are indented."""
    PROGRAM = "program"
    """The same in typewriter type: programs and what they print."""


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A mark in the text that stands for a footnote."""

    at: int
    """Where the mark begins in the text of its block, in characters."""
    mark: str
    note: str
    """The id of the block of the footnote."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of reading text."""

    kind: Kind
    text: str
    page: int
    """Where it begins."""
    id: str
    """Unique in the document and the same whatever pages are asked for; fit for an address after `#`."""
    level: int = 0
    """Of a heading, from 1; of an item, how deep its list lies, from 1; else 0."""
    note_refs: list[NoteRef] = field(default_factory=list)
    mark: str = ""
    """Of a footnote its mark, of an item its bullet or number as written, such as "•" or "3."."""
    breaks: list[tuple[int, int]] = field(default_factory=list)
    """Where further pages begin in it: (place in the text, page)."""

    def plain(self) -> str:
        """The block as plain text, with the blank line behind it."""
        match self.kind:
            case Kind.HEADING:
                return f"\n{self.text}\n\n"
            case Kind.ITEM:
                return f"{'  ' * max(self.level - 1, 0)}{self.mark or '•'} {self.text}\n\n"
            case Kind.FOOTNOTE:
                return f"[{self.mark}] {self.text}\n\n"
        return f"{self.text}\n\n"
