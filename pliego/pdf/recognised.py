"""Words recognised on pages, as they go from the program that found them to the tool that lays them on the pages."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from pliego.pdf.recognition import Found

WORDS = "words"
"""The further file that they come in."""


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line: its top and height, and of each word the text, the left edge and the width; points, page as shown."""

    y: float
    height: float
    words: Sequence[tuple[str, float, float]]

    @classmethod
    def of(cls, found: Found) -> Self:
        """A line as recognition gives it."""
        places = zip(found.line.text.split(), found.places, strict=False)
        return cls(found.line.y, found.line.height, [(text, place[1], place[3]) for text, place in places])


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The lines of a page, which had hardly a word before, or unseen ones alone.

    ``turn``: by how many degrees it was turned to the left about its middle, so that they lie level.
    """

    number: int
    bare: bool
    lines: Sequence[RecognisedLine]
    turn: float = 0.0


def write(pages: Sequence[RecognisedPage], path: Path) -> None:
    """Put them into a file."""
    told = [
        [page.number, page.bare, [[line.y, line.height, list(line.words)] for line in page.lines], page.turn]
        for page in pages
    ]
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8", errors="replace")


def read(file: BinaryIO) -> Iterator[RecognisedPage]:
    """The pages in such a file."""
    for number, bare, lines, turn in json.load(file):
        yield RecognisedPage(
            number, bare, [RecognisedLine(y, height, [(*word,) for word in words]) for y, height, words in lines], turn
        )
