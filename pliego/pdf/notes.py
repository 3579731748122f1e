"""Footnotes: told from the text by their place, their small type and the mark they begin with. Pure geometry.

Only what is certain: the marks follow one another, and the text of the page holds each of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pliego.pdf.values import Line

SMALLER = 0.95
"""Footnotes are set at most this much of the size of the text."""
LOWEST_PART = 0.35
"""They stand below this part of the page's height."""

MARK = r"(?:\d{1,3}|[*∗]{1,4}|[†‡§¶]{1,2})"
_START = re.compile(rf"({MARK})(?:\s*(?=[^\W\d_]|[\"'“‘«¿¡(\[])|\s+(?=\S)|$)")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark and its lines without it."""

    mark: str
    lines: list[Line]


def part_notes(lines: list[Line], usual: float, height: float) -> tuple[list[Line], list[Note]]:
    """The lines of a page without its footnotes, and those. ``usual``: size of the text; ``height``: of the page."""
    text: list[Line] = []
    notes: list[Note] = []
    for column in _columns(lines):
        start = _first_note(column, usual, height)
        text += column[:start]
        notes += _notes(column[start:])
    words = " ".join(line.text for line in text)
    if not all(marks_in(words, note.mark) for note in notes):
        return lines, []
    return text, notes


def marks_in(text: str, mark: str) -> list[int]:
    """Where a mark may stand in a text: right after a word or its punctuation.

    One place after punctuation goes before those after letters, which may be of formulas.
    """
    after_letter = [match.start() for match in re.finditer(rf"(?<=[^\W\d_]){_exactly(mark)}", text)]
    after_stop = [match.start() for match in re.finditer(rf"(?<=[^\W\d_][.,;:!?)\]\"”’»]){_exactly(mark)}", text)]
    return after_stop if len(after_stop) == 1 else after_letter + after_stop


def _exactly(mark: str) -> str:
    return rf"{re.escape(mark)}(?![\w*∗†‡§¶]|[.,]\d)"


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines that go down the page."""
    column: list[Line] = []
    for line in lines:
        if column and line.y < column[-1].y - 5 * line.height:
            yield column
            column = []
        column.append(line)
    yield column


def _first_note(column: list[Line], usual: float, height: float) -> int:
    """Where the footnotes begin; the length of the column when there are none."""
    start = len(column)
    for index in range(len(column) - 1, 0, -1):
        line = column[index]
        if line.size > SMALLER * usual or line.y < LOWEST_PART * height:
            break
        if _START.match(line.text):
            start = index
    return start


def _notes(lines: list[Line]) -> list[Note]:
    """The footnotes at the end of a column, each beginning with the next number or another sign."""
    notes: list[Note] = []
    size = max((line.size for line in lines), default=0.0)
    for line in lines:
        match = _START.match(line.text)
        if match and _comes_next(notes, match[1]):
            rest = line.text[match.end() :].strip()
            notes.append(Note(match[1], [line._replace(text=rest, size=size)] if rest else []))
        elif notes:
            notes[-1].lines.append(line)
    return notes


def _comes_next(notes: list[Note], mark: str) -> bool:
    if not notes:
        return True
    last = notes[-1].mark
    return int(mark) == int(last) + 1 if mark.isdigit() and last.isdigit() else mark != last
