"""Which lines are rows of a table or of a program, told by the room between their words and letters. Pure geometry.

A line knows its words and its width, not where in it the gaps are; but words of its size would fill a certain width,
and a row with cells apart is wider. Rows are kept as rows: what stands in which column is not told. Lines in typewriter
type are rows, too, unless most of a page is set in it.
"""

import re
from collections.abc import Sequence

from pliego.pdf.paragraphs import ITEM
from pliego.pdf.spans import is_monospaced, usual_width
from pliego.pdf.values import Line

LEAST_ROWS = 3
LOOSE, WIDE = 1.12, 1.35
"""How much wider than usual a row is: where rows end at different places, and where they end at the same one."""
_MOST_LOOSE = 3.0
"""Type sizes of room in a line below which its words may as well be spaced out."""
_TELLING = 20
"""Characters from which a line tells how wide the type of its page runs."""
_MOST_TYPED = 0.6
"""Part of the lines of a page from which typewriter type is its usual one."""
LEADER = re.compile(r"\s*(?:\.\s*){4,}|\s*(?:·\s*){4,}|\s*…(?:\s*…)+\s*")
"""A row of dots that leads the eye from one word to the next."""


def tables(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The runs of lines that are tables: first line, line after the last."""
    usual = _usual(lines)
    typed = [len(line.text) > 2 and is_monospaced(line.text, line.width, _size(line)) for line in lines]
    program = 2 * WIDE if sum(typed) < _MOST_TYPED * len(lines) else 1.0
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
        return 2 * WIDE
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
