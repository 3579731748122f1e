"""Where some characters of a line lie within its box. Pure geometry, no PDF library.

A line is kept as one box. Where its words were measured (see `words`), places are told from them; elsewhere, and within
a word, from how wide each character usually is. In trials on set text such edges were off by a quarter of a character
in the median, but on lines with leaders and in tables by several words.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from pliego.pdf.direction import is_right_to_left
from pliego.pdf.values import Extent, Line

Box = tuple[float, float, float, float]
"""x, y, width and height in points of the page as shown, from its top left."""

_WIDTHS = {
    0.25: "'ijl,.| \xa0íìïî¡·’‘",
    0.3: "ftI!/:;[\\]ÍÌÎÏ",
    0.35: "r()-`",
    0.45: 'cszJ*^"{}çšž“”°',
    0.5: "aekvxy?áàâäãåéèêëýÿ",
    0.6: "FLPSTZßŠŽ",
    0.65: "BEÉÈÊËŞ",
    0.7: "wACDHKNRUVXY&ÁÀÂÄÃÅÇÑÚÙÛÜÝæ",
    0.75: "GOQÓÒÔÖÕØ",
    0.85: "m%",
    0.95: "MW@—…ÆŒœ",
}
_WIDTH = {character: width for width, characters in _WIDTHS.items() for character in characters}
_USUAL = 0.55
_LARGE, _SLANTED = 30.0, 1.8
"""Size of watermarks in points, and type sizes by which their boxes are high and wide."""
_FULL_WIDTH = "\u2e80"
"""The scripts from here on fill a square with each character."""
TYPED = 0.6
"""The advance of most typewriter types, in sizes."""
_MONOSPACED = 0.01
"""Part of the size by which the average advance of a line in such a type may differ from it."""


def is_sideways(line: Line) -> bool:
    """Whether the text runs up or down the page as shown."""
    return line.height > line.width and len(line.text) > 3


def is_slanted(line: Line) -> bool:
    """Whether a line is large type set at a slant: a watermark, whose box lies over all other lines."""
    return line.size >= _LARGE and min(line.width, line.height) > _SLANTED * line.size


def runs_downwards(lines: list[Line]) -> bool:
    """Of sideways lines in reading order: whether they run down the page, the next one to the left, and not up."""
    return lines[-1].x < lines[0].x


class Measured(list[Extent]):
    """The extents of a line, of which those that some characters touch are found without looking at all the others.

    A line may hold a whole page, and be asked for hundreds of hits.
    """

    __slots__ = ("_starts",)
    _starts: list[int]

    def touching(self, text: str, start: int, end: int) -> list[tuple[int, Extent]]:
        """Those of characters ``start`` to ``end`` of the text of the line, as `placed` gives them."""
        if not hasattr(self, "_starts"):
            self._starts = [place for place, _ in placed(text, self)]
        first = max(bisect_right(self._starts, start) - 1, 0)
        return [(self._starts[at], self[at]) for at in range(first, bisect_left(self._starts, end))]


def span_box(line: Line, start: int, end: int, *, extents: Sequence[Extent] = (), downwards: bool = False) -> Box:
    """The box of characters ``start`` to ``end`` of a line; ``downwards`` tells how a sideways line runs.

    ``extents`` are those of the line's words, if they were measured.
    """
    sideways = is_sideways(line)
    backwards = is_right_to_left(line.text) != (sideways and not downwards)
    whole = (len(line.text), line.x, line.y, line.width, line.height)
    measured = extents if isinstance(extents, Measured) else Measured(extents)
    boxes = [
        _within(line, place, extent, (max(start, place), min(end, place + extent[0])), sideways, backwards)
        for place, extent in (measured.touching(line.text, start, end) if measured else [(0, whole)])
        if start < place + extent[0] and place < end
    ]
    return around(boxes) if boxes else (line.x, line.y, 0.0, line.height)


def around(boxes: Sequence[Box]) -> Box:
    """The box around some boxes."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return left, top, right - left, bottom - top


def placed(text: str, extents: Sequence[Extent]) -> Iterator[tuple[int, Extent]]:
    """Each extent with the place of its first character in the text of the line."""
    place = 0
    for extent in extents:
        while text[place : place + 1].isspace():
            place += 1
        yield place, extent
        place += extent[0]


def _within(line: Line, place: int, extent: Extent, span: tuple[int, int], sideways: bool, backwards: bool) -> Box:
    """The box of some characters of a stretch of the line that begins at ``place``."""
    count, x, y, width, height = extent
    length = height if sideways else width
    ends = _ends_just_asked(line.text[place : place + count], length, line.size)
    left, right = (ends[min(at - place, len(ends) - 1)] for at in span)
    if backwards:
        left, right = 1 - right, 1 - left
    if sideways:
        return x, y + left * length, width, (right - left) * length
    return x + left * length, y, (right - left) * length, height


@lru_cache(maxsize=2)
def _ends_just_asked(text: str, length: float, size: float) -> list[float]:
    """The same as character_ends: a line may hold a whole page, and hundreds of hits."""
    return character_ends(text, length, size)


def character_ends(text: str, length: float, size: float) -> list[float]:
    """Where each character of a text of a length usually begins, and the last one ends, in parts of the length."""
    if not text:
        return [0.0]
    if is_monospaced(text, length, size):
        return [place / len(text) for place in range(len(text) + 1)]
    ends = list(accumulate(map(_width, text), initial=0.0))
    return [end / ends[-1] for end in ends]


def is_monospaced(text: str, length: float, size: float) -> bool:
    """Whether a text of a length in points is likely to be set in a typewriter type of a size."""
    return abs(length / len(text) - TYPED * size) < _MONOSPACED * size


def usual_width(text: str) -> float:
    """The usual width of a text in type sizes."""
    return sum(map(_width, text))


def _width(character: str) -> float:
    return _WIDTH.get(character) or (1.0 if character >= _FULL_WIDTH else _USUAL)
