"""Lines to paragraphs, by the tests that a typesetter would make. Pure geometry, no PDF library.

A line that had room for the next word ends a paragraph; so does an indented or widely spaced next line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import sub
from statistics import median

from pliego.pdf.seams import NO_WORDING, Wording, joined
from pliego.pdf.values import Line

WIDE = 0.5
"""So much of the measure is not left over before a word that goes on."""


def paragraphs(lines: list[Line], wording: Wording = NO_WORDING) -> list[str]:
    """Lines in reading order joined to paragraphs."""
    return [joined([line.text for line in group], wording) for group in grouped(lines)]


def grouped(lines: list[Line]) -> list[list[Line]]:
    """The lines of each paragraph, those of one that goes on in the next column together."""
    blocks = list(_blocks(lines))
    edges = [_left_edge(block) for block in blocks]
    rights: dict[tuple[int, int], float] = {}
    for block, edge in zip(blocks, edges, strict=True):
        rights[edge] = max([rights.get(edge, 0.0), *[line.x + line.width for line in block]])
    groups: list[list[Line]] = []
    for block, edge in zip(blocks, edges, strict=True):
        first, *others = _block_groups(block, rights[edge])
        if groups and block[0].y < groups[-1][-1].y and goes_on(groups[-1], first):
            groups[-1] += first
        else:
            groups.append(first)
        groups += others
    return groups


def ends_sentence(text: str) -> bool:
    """Whether a text ends with the end of a sentence, quotation marks and brackets after it or not."""
    return text.rstrip(_AFTER_SENTENCE).endswith(_SENTENCE_END)


def goes_on(group: list[Line], more: list[Line]) -> bool:
    """Whether the change of column or page between them cut a sentence in two."""
    length = sum(len(line.text) for line in group[-3:])
    return length > 40 and more[0].text[0].islower() and not ends_sentence(group[-1].text)


def _left_edge(block: list[Line]) -> tuple[int, int]:
    """About where a block begins and how large its type is: blocks alike in both are of one column."""
    return round(min([line.x for line in block]) / 10), round(block[0].size)


def _block_groups(block: list[Line], right: float) -> list[list[Line]]:
    """The paragraphs of a block; ``right`` is the edge of its column."""
    measure = _Measure(right, _pitch(block), _has_indents(block))
    group = block[:1]
    groups = [group]
    for line, following in zip(block[1:], [*block[2:], None], strict=False):
        if _ends_paragraph(group, line, following, measure):
            group = []
            groups.append(group)
        group.append(line)
    return groups


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a block is set."""

    right: float
    """The edge of its column."""
    pitch: float
    indents: bool
    """First lines are indented, so that a ragged line alone ends no paragraph."""


def _has_indents(block: list[Line]) -> bool:
    """Whether more than one line is indented between two that are not."""
    if len(block) < 5:
        return False
    left = min([line.x for line in block])
    indented = [line.x - left > 0.8 * line.size for line in block]
    return sum(b and not a and not c for a, b, c in zip(indented, indented[1:], indented[2:], strict=False)) > 1


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines that go down the same column in about the same size."""
    block: list[Line] = []
    for line in lines:
        if block and _leaves_block(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _leaves_block(above: Line, below: Line) -> bool:
    down = below.y - above.y
    return (
        down < 0.3 * above.height
        or down > 4 * above.height
        or below.x > above.x + above.width
        or below.x + below.width < above.x
        or abs(above.size - below.size) > 0.15 * above.size
    )


def _pitch(block: list[Line]) -> float:
    """The usual distance from line to line, in points; 0 for a block of one line."""
    tops = [line.y for line in block]
    return median(map(sub, tops[1:], tops)) if len(block) > 1 else 0.0


_SENTENCE_END = tuple(".!?:;…。！？")
_AFTER_SENTENCE = "\"'»”’)]"
ITEM = re.compile(r"(?:[•◦▪●○■□‣∙*–—-]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")


def _ends_paragraph(group: list[Line], line: Line, following: Line | None, measure: _Measure) -> bool:
    """Whether ``line`` starts a paragraph after the lines of ``group``."""
    above = group[-1]
    text, x, y, _, height, size = line
    em = max(above.size, size) or height
    down = y - above.y
    if (down > 1.1 * em and down > 1.3 * measure.pitch) or ITEM.match(text):
        return True
    room = measure.right - above.x - above.width
    if room >= em and _fits(text, room, above, measure, em):
        return True
    indent = x - above.x
    if indent > 0.8 * em:  # a first line, unless it hangs from an item, as it does where the next one is indented too
        return following is not None and following.x < x - 0.5 * em and not ITEM.match(group[0].text)
    return indent < -0.8 * em and len(group) > 1


def _fits(text: str, room: float, above: Line, measure: _Measure, em: float) -> bool:
    """Whether the first word of a text would still have fitted on ``above``: then that one was ended on purpose."""
    word = text.split(maxsplit=1)[0]
    needed = (len(word) + 1) * above.width / max(len(above.text), 1)
    if room <= needed + 0.5 * em:
        return False
    if not measure.indents and ends_sentence(above.text):
        return True
    return room > needed + 4 * em and (not text[0].islower() or room > WIDE * (measure.right - above.x))
