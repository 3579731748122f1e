"""The text that lies on the picture of a page, so that it can be selected, found by the browser and read aloud.

Each line is written with as few stretches as bring every word to its place: the browser spreads the letters of a
stretch over its length, and that is close enough where no leader, table or other gap lies in between. A stretch for
each word would take a slow phone a tenth of a second more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pliego.pdf.direction import is_right_to_left
from pliego.pdf.spans import character_ends, is_sideways, is_slanted, placed, runs_downwards
from pliego.pdf.values import Extent, Line, PageText

TOGETHER = 40
"""Words of a stretch: each that is added is compared with all before it."""
CLOSE = 0.12
"""Parts of a line's height by which a word may lie beside its place."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a line with their box in points; of a sideways line before it is turned."""

    text: str
    x: float
    y: float
    width: float
    height: float

    def joined(self, other: "Stretch", between: str) -> "Stretch":
        """This one and the one behind it as one, as high as this one."""
        left, right = min(self.x, other.x), max(self.x + self.width, other.x + other.width)
        return replace(self, text=self.text + between + other.text, x=left, width=round(right - left, 1))


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is drawn."""

    stretches: Sequence[Stretch]
    turn: str = ""
    """The SVG transformation that turns it, "" for an upright line."""

    @property
    def first(self) -> Stretch:
        """The stretch that most others are as high as."""
        return self.stretches[0]


def rows(page: PageText, extents: Sequence[Sequence[Extent]] = ()) -> Iterator[Row]:
    """The lines of a page; ``extents`` tells for each where its words lie, where they were measured."""
    sideways = [line for line in page.lines if is_sideways(line)]
    downwards = bool(sideways) and runs_downwards(sideways)
    for index, line in enumerate(page.lines):
        if is_slanted(line):
            continue
        words = _words(line, extents[index] if extents else ())
        if is_sideways(line):
            yield Row(_stretches([_turned(word, downwards) for word in words]), f"rotate({90 if downwards else -90})")
        else:
            yield Row(_stretches(words))


def _turned(word: Stretch, downwards: bool) -> Stretch:
    """A sideways word as it lies before the turn about the corner of the page."""
    if downwards:
        return Stretch(word.text, word.y, -round(word.x + word.width, 1), word.height, word.width)
    return Stretch(word.text, -round(word.y + word.height, 1), word.x, word.height, word.width)


def _words(line: Line, extents: Sequence[Extent]) -> list[Stretch]:
    """The words of a line, put together where they were measured in parts; the line where they were not measured."""
    words: list[Stretch] = []
    behind = -1
    for place, (count, *box) in placed(line.text, extents):
        word = Stretch(line.text[place : place + count], *box)
        words.append(word if place != behind else words.pop().joined(word, ""))
        behind = place + count
    return words or [Stretch(line.text, line.x, line.y, line.width, line.height)]


def _stretches(words: Sequence[Stretch]) -> list[Stretch]:
    """As few as will do; words that run from right to left stay apart, for the browser knows no place between them."""
    found: list[Stretch] = []
    held: list[Stretch] = []
    for word in words:
        apart = len(held) == TOGETHER or is_right_to_left(word.text)
        if held and (apart or not _is_close([*held, word])):
            found.append(_one(held))
            held = []
        held.append(word)
    return [*found, _one(held)]


def _one(words: Sequence[Stretch]) -> Stretch:
    whole = words[0]
    for word in words[1:]:
        whole = whole.joined(word, " ")
    return whole


def _is_close(words: Sequence[Stretch]) -> bool:
    """Whether each word comes to its place, or nearly, when they are written in one go; dots may lie anywhere."""
    whole = _one(words)
    ends = character_ends(whole.text, whole.width, 0)
    most = CLOSE * whole.height
    place = 0
    for word in words:
        first, last = (whole.x + ends[at] * whole.width for at in (place, place + len(word.text)))
        off = max(abs(first - word.x), abs(last - word.x - word.width))
        if word.y != whole.y or (off > most and any(map(str.isalnum, word.text))):
            return False
        place += len(word.text) + 1
    return True
