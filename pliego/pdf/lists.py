"""Items of lists among paragraphs. Pure geometry, no PDF library.

A bullet makes an item by itself; a dash, an asterisk or a number only beside a sibling, or where its lines hang. A long
dash also opens the words of somebody who speaks, so that it needs a sibling whose lines hang.
"""

import re
from dataclasses import dataclass

from pliego.pdf.values import Line

SAME_LEVEL = 0.8
"""Items of the same list begin at most this many type sizes apart."""

_BULLET = re.compile(r"([•◦▪●○■□‣⁃▸►])\s*(?=\S)")
_DASH = re.compile(r"([*∗∙·–—-])\s+(?=\S)")
_NUMBER = re.compile(r"(\(?(\d{1,3}|[a-zA-Z])[.)])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph that is an item."""

    mark: str
    level: int
    skip: int
    """Characters of the first line up to the words."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a paragraph begins with."""

    written: str
    style: str
    """Equal for items of one list."""
    value: int | None
    skip: int


def items_among(groups: list[list[Line]]) -> list[Item | None]:
    """For each paragraph the item that it is, None for one that is none."""
    marks = [_mark(group[0].text) for group in groups]
    found: list[Item | None] = []
    stack: list[float] = []
    for index, (group, mark) in enumerate(zip(groups, marks, strict=True)):
        if mark is None or not _is_item(groups, marks, index):
            found.append(None)
            if not _hangs_below(group, stack):
                stack = []
            continue
        em = group[0].size or group[0].height
        stack = [x for x in stack if x < group[0].x - SAME_LEVEL * em] + [group[0].x]
        found.append(Item(mark.written, len(stack), mark.skip))
    return found


def _hangs_below(group: list[Line], stack: list[float]) -> bool:
    """Whether a paragraph belongs to the item before it."""
    return bool(stack) and group[0].x > stack[-1] + 0.5 * group[0].height


def _mark(text: str) -> _Mark | None:
    if match := _BULLET.match(text) or _DASH.match(text):
        return _Mark(match[1], match[1], None, match.end())
    match = _NUMBER.match(text)
    if match is None:
        return None
    number = match[2]
    value = int(number) if number.isdigit() else ord(number)
    return _Mark(match[1], match[1].replace(number, "1" if number.isdigit() else "a"), value, match.end())


def _is_item(groups: list[list[Line]], marks: list[_Mark | None], index: int) -> bool:
    mark = marks[index]
    if mark is None:
        return False
    hangs = _hangs(groups[index])
    if _BULLET.match(groups[index][0].text) or (hangs and (mark.value is None or mark.written.endswith(")"))):
        return True
    siblings = [other for other in _around(index, len(groups)) if _are_siblings(groups, marks, index, other)]
    return any(_hangs(groups[other]) for other in siblings) if mark.written == "—" else bool(siblings)


def _hangs(group: list[Line]) -> bool:
    """Whether the second line is indented and the first one is not."""
    return len(group) > 1 and group[1].x > group[0].x + 0.5 * group[0].height and group[1].y > group[0].y


def _around(index: int, count: int) -> list[int]:
    return [other for other in (index - 3, index - 2, index - 1, index + 1, index + 2, index + 3) if 0 <= other < count]


def _are_siblings(groups: list[list[Line]], marks: list[_Mark | None], one: int, other: int) -> bool:
    """Whether two paragraphs begin alike, one after the other in number."""
    first, second = marks[one], marks[other]
    if first is None or second is None or first.style != second.style:
        return False
    if abs(groups[one][0].x - groups[other][0].x) > SAME_LEVEL * groups[one][0].height:
        return False
    if first.value is None or second.value is None:
        return True
    return second.value - first.value == (1 if other > one else -1)
