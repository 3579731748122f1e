"""Columns of running text: where they part, and the order to read them in. Pure geometry, no PDF library."""

from itertools import pairwise
from statistics import median

from pliego.pdf.values import Line

CROSSING = 0.15
"""Part of the lines that may go across a gutter: titles, rules, wide figures."""
SWITCHES = 2
"""Changes from one side to the other that columns in good order may have."""


def reading_order(lines: list[Line], width: float) -> list[Line]:
    """The lines column by column where the page has columns of running text and the file mixes them.

    ``width`` is that of the page or column. PDFium gives the order of the file, which is right for most columns; rows
    of tables must stay rows. So lines are only moved when both sides look like set text.
    """
    if len(lines) < 12 or _apart(lines) <= SWITCHES:
        return lines
    gutter = _gutter(lines, width)
    if gutter is None:
        return lines
    sides = [_side(line, gutter) for line in lines]
    left = [line for line, side in zip(lines, sides, strict=True) if side < 0]
    right = [line for line, side in zip(lines, sides, strict=True) if side > 0]
    if not (_is_set_text(left) and _is_set_text(right)):
        return lines
    switches = sum(a * b < 0 for a, b in pairwise(sides))
    if switches <= SWITCHES + sides.count(0):
        return lines
    return _by_columns(lines, gutter)


def _apart(lines: list[Line]) -> int:
    """How often a line lies wholly beside the one before it."""
    return sum([a.x + a.width <= b.x or b.x + b.width <= a.x for a, b in pairwise(lines)])


def _gutter(lines: list[Line], width: float) -> float | None:
    """The middle of the widest upright strip, in the middle half of the lines' extent, that few lines cross."""
    bins = 120
    step = width / bins
    changes = [0] * (bins + 2)
    for line in lines:
        first = min(max(int(line.x / step), 0), bins)
        last = min(max(int((line.x + line.width) / step), first), bins)
        changes[first] += 1
        changes[last + 1] -= 1
    start = min(line.x for line in lines)
    extent = max(line.x + line.width for line in lines) - start
    low, high = int((start + 0.25 * extent) / step), int((start + 0.75 * extent) / step)
    allowed = CROSSING * len(lines)
    best = (0, 0)
    crossing = run = 0
    for index in range(min(high + 1, bins)):
        crossing += changes[index]
        run = run + 1 if crossing <= allowed and index >= low else 0
        best = max(best, (run, index))
    run, index = best
    return (index - run / 2 + 1) * step if run >= 1 else None


def _side(line: Line, gutter: float) -> int:
    """-1 left of the gutter, 1 right of it, 0 across."""
    if line.x + line.width <= gutter:
        return -1
    return 1 if line.x >= gutter else 0


def _is_set_text(lines: list[Line]) -> bool:
    """Whether most lines fill their column, as prose does and cells of a table do not."""
    if len(lines) < 6:
        return False
    left = median(line.x for line in lines)
    right = max(line.x + line.width for line in lines)
    full = sum(line.width > 0.75 * (right - left) and len(line.text) >= 20 for line in lines)
    return full > 0.6 * len(lines)


def _by_columns(lines: list[Line], gutter: float) -> list[Line]:
    """Left before right between any two lines that go across."""
    ordered: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for line in sorted(lines, key=lambda line: line.y):
        side = _side(line, gutter)
        if side:
            columns[side > 0].append(line)
            continue
        ordered += [*columns[0], *columns[1], line]
        columns = ([], [])
    return ordered + columns[0] + columns[1]
