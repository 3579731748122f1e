"""Which lines are rows of a table or of a program, told by the room between their words and letters. Pure geometry.

A line knows its words and its width, not where in it the gaps are; but words of its size would fill a certain width,
and a row with cells apart is wider. Rows are kept as rows: what stands in which column is not told. Lines in typewriter
type are rows, too, unless most of a page is set in it.
"""

import re
from collections.abc import Sequence

from pliego.pdf.paragraphs import ITEM
from pliego.pdf.spans import TYPED, is_monospaced, usual_width
from pliego.pdf.values import Line

LEAST_ROWS, LEAST_SURE_ROWS = 3, 2
LOOSE, WIDE = 1.12, 1.35
"""How much wider than usual a row is: where rows end at different places, and where they end at the same one."""
_SURE = 2 * WIDE
"""What counts for a line in typewriter type or with leaders."""
_MOST_LOOSE = 3.0
"""Type sizes of room in a line below which its words may as well be spaced out."""
_TELLING = 20
"""Characters from which a line tells how wide the type of its page runs."""
_MOST_TYPED = 0.6
"""Part of the lines of a page from which typewriter type is its usual one."""
_OFF_GRID = 0.12
"""Characters by which an edge of a typewritten line may miss the grid of the line next to it."""
_LOST_SPACES = 24
"""Most spaces that PDFium may have taken for each one that it gives."""
LEADER = re.compile(r"\s*(?:\.\s*){4,}|\s*(?:·\s*){4,}|\s*…(?:\s*…)+\s*")
"""A row of dots that leads the eye from one word to the next."""


def is_typewritten(lines: Sequence[Line]) -> bool:
    """Whether typewriter type is the usual one of a page, so that it tells no program from prose."""
    return sum(typewritten(lines)) >= _MOST_TYPED * len(lines)


def tables(lines: Sequence[Line], *, programs: bool = True) -> list[tuple[int, int]]:
    """The runs of lines that are tables, or programs where those can be told: first line, line after the last."""
    usual = _usual(lines)
    typed = typewritten(lines)
    program = _SURE if programs else 1.0
    gaps = [
        program if by_typewriter else _stretch(line) / usual for line, by_typewriter in zip(lines, typed, strict=True)
    ]
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(lines):
        end = _run(lines, gaps, start)
        if end > start:
            found.append((start, end))
        start = max(end, start + 1)
    return found


def typewritten(lines: Sequence[Line]) -> list[bool]:
    """Which lines are in typewriter type.

    A line next to one that is needs only to fit its grid, for PDFium gives several spaces as one.
    """
    typed = [len(line.text) > 2 and is_monospaced(line.text, line.width, _size(line)) for line in lines]
    for index in (*range(1, len(lines)), *range(len(lines) - 2, -1, -1)):
        for near in (index - 1, index + 1):
            if not typed[index] and 0 <= near < len(lines) and typed[near]:
                typed[index] = _fits_grid(lines[near], lines[index])
    return typed


def _fits_grid(typed: Line, line: Line) -> bool:
    """Whether a line may be in the typewriter type of a neighbour, with spaces that were lost."""
    if not (_is_below(typed, line) or _is_below(line, typed)):
        return False
    advance = typed.width / len(typed.text)
    if not is_monospaced(typed.text, typed.width, _size(typed)):  # it has lost spaces itself
        advance = TYPED * _size(typed)
    across, indent = line.width / advance, (line.x - typed.x) / advance
    on_grid = all(abs(place - round(place)) < _OFF_GRID for place in (across, indent))
    return on_grid and len(line.text) <= round(across) <= len(line.text) + _LOST_SPACES * line.text.count(" ")


def without_leaders(text: str) -> str:
    """The text with a single sign for each row of dots that leads the eye to the end of a line."""
    return LEADER.sub(" … ", text).strip() if ".." in text or ". ." in text or "·" in text or "…" in text else text


def _run(lines: Sequence[Line], gaps: Sequence[float], start: int) -> int:
    """The line after the last of the table that begins here, ``start`` when there is none."""
    if gaps[start] < LOOSE or ITEM.match(lines[start].text):
        return start
    end, left = start + 1, lines[start].x
    rows = [start]
    while end < len(lines) and _is_below(lines[end - 1], lines[end]):
        if ITEM.match(lines[end].text):
            break
        if gaps[end] >= LOOSE:
            rows.append(end)
        elif lines[end].x < left + 2 * lines[end].height:  # else it goes on with a cell
            break
        end += 1
    if all(gaps[row] >= _SURE for row in rows) and len(rows) >= LEAST_SURE_ROWS:
        return end
    wide = sum(gaps[row] >= WIDE for row in rows)
    ragged = len({round(lines[row].x + lines[row].width) // 10 for row in rows}) > len(rows) / 2
    return end if len(rows) >= LEAST_ROWS and (ragged or wide > len(rows) / 2) else start


def _is_below(above: Line, below: Line) -> bool:
    size = max(_size(above), _size(below))
    return 0.3 * size < below.y - above.y < 3 * size and abs(above.size - below.size) <= 0.15 * size


def _stretch(line: Line) -> float:
    """How many times as wide as usual type a line is; 1 where too little is known."""
    size = _size(line)
    if LEADER.search(line.text):
        return _SURE
    if len(line.text) < 3 or " " not in line.text:
        return 1.0
    usual = usual_width(line.text) * size
    return line.width / usual if line.width - usual > _MOST_LOOSE * size else 1.0


def _usual(lines: Sequence[Line]) -> float:
    """How wide the type of a page runs: some faces are narrower than others."""
    ratios = sorted(line.width / (usual_width(line.text) * _size(line)) for line in lines if len(line.text) >= _TELLING)
    return min(max(ratios[len(ratios) // 4], 0.85), 1.1) if ratios else 1.0


def _size(line: Line) -> float:
    return line.size or line.height or 1.0
