"""Where some characters of a line lie within its box. Pure geometry, no PDF library.

A line is kept as one box; places within it are told from how wide each character usually is. In trials on set text the
edges were off by a quarter of a character in the median.
"""

from itertools import accumulate

from pliego.pdf.values import Line

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
_FULL_WIDTH = "\u2e80"
"""The scripts from here on fill a square with each character."""
_MONOSPACED = 0.01
"""Part of the size by which the average advance may differ from 0.6, that of most typewriter types."""


def is_sideways(line: Line) -> bool:
    """Whether the text runs up or down the page as shown."""
    return line.height > line.width and len(line.text) > 3


def runs_downwards(lines: list[Line]) -> bool:
    """Of sideways lines in reading order: whether they run down the page, the next one to the left, and not up."""
    return lines[-1].x < lines[0].x


def is_right_to_left(text: str) -> bool:
    """Whether more letters are Hebrew, Arabic or the like than are not."""
    if text.isascii():
        return False
    backwards = sum("\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc" for char in text)
    return 2 * backwards > sum(map(str.isalpha, text))


def span_box(line: Line, start: int, end: int, *, downwards: bool = False) -> Box:
    """The box of characters ``start`` to ``end`` of a line; ``downwards`` tells how a sideways line runs."""
    ends = _ends(line)
    left, right = ends[start], ends[end]
    if is_right_to_left(line.text):
        left, right = 1 - right, 1 - left
    if is_sideways(line):
        if not downwards:
            left, right = 1 - right, 1 - left
        return line.x, line.y + left * line.height, line.width, (right - left) * line.height
    return line.x + left * line.width, line.y, (right - left) * line.width, line.height


def _ends(line: Line) -> list[float]:
    """Where each character begins, and the last one ends, in parts of the line."""
    advance = max(line.width, line.height) / len(line.text)
    if abs(advance - 0.6 * line.size) < _MONOSPACED * line.size:
        return [place / len(line.text) for place in range(len(line.text) + 1)]
    ends = list(accumulate(map(_width, line.text), initial=0.0))
    return [end / ends[-1] for end in ends]


def _width(character: str) -> float:
    return _WIDTH.get(character) or (1.0 if character >= _FULL_WIDTH else _USUAL)
