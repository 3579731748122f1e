"""Footnotes."""

import pytest

from pliego.pdf.notes import marks_in, part_notes
from pliego.pdf.values import Line
from tests.pdf.lines import FULL, set_lines

HEIGHT = 842


def noted(*notes: str, text: str = "Una palabra1 y otra.2 Y * nada", size: float = 8) -> list[Line]:
    below = [Line(note, 72, 700 + 10 * row, 200, size, size) for row, note in enumerate(notes)]
    return [*set_lines(FULL, text, top=300), *below]


def marks(lines: list[Line]) -> list[str]:
    return [note.mark for note in part_notes(lines, 10, HEIGHT)[1]]


def test_notes_are_parted_from_the_text() -> None:
    lines = noted("1 La primera", "que sigue aquí", "2Otra")
    text, notes = part_notes(lines, 10, HEIGHT)
    assert text == lines[:2]
    assert [(note.mark, [line.text for line in note.lines]) for note in notes] == [
        ("1", ["La primera", "que sigue aquí"]),
        ("2", ["Otra"]),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        noted("1 Sin llamada", text="nada"),
        noted("7 Otro número"),
        noted("1 En el tamaño del texto", size=10),
        [line for line in noted() if line.y < 500],
        [],
    ],
)
def test_what_is_not_certain_stays_text(lines: list[Line]) -> None:
    assert part_notes(lines, 10, HEIGHT) == (lines, [])


def test_notes_of_two_columns() -> None:
    left = noted("1 Izquierda", text="palabra1")
    right = [
        Line(line.text, line.x + 300, *[line.y, line.width, line.height, line.size])
        for line in noted("2 Derecha", text="palabra2")
    ]
    assert marks(left + right) == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("palabra1 y", [7]),
        ("fin.1 Y", [4]),
        ("x1 e y1, fin.1 Y", [13]),
        ("x1 e y1", [1, 6]),
        ("en 1 caso", []),
        ("año 2001", []),
        ("a12 b", []),
        ("versión3.1 y", []),
    ],
)
def test_where_a_mark_stands(text: str, places: list[int]) -> None:
    assert marks_in(text, "1") == places
