"""The text that lies on the picture of a page."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.values import Extent, Line, PageText
from pliego.web.layer import Row, rows


def drawn(line: Line, *extents: Extent) -> list[Row]:
    return list(rows(PageText(1, 600, 800, [line]), [extents]))


def at(text: str, *places: tuple[float, float]) -> tuple[Line, list[Extent]]:
    """A line, and its words at these places, each with a width."""
    line = Line(text, places[0][0], 100, sum(places[-1]) - places[0][0], 12, 10)
    extents = [(len(word), x, 100.0, width, 12.0) for word, (x, width) in zip(text.split(), places, strict=True)]
    return line, extents


def test_a_line_that_was_not_measured_is_written_in_one_go() -> None:
    (row,) = drawn(Line("uno dos", 72, 100, 90, 12, 10))
    (stretch,) = row.stretches
    assert (stretch.text, stretch.x, stretch.y, stretch.width, stretch.height, row.turn) == (
        "uno dos", 72, 100, 90, 12, "",
    )  # fmt: skip


def test_words_at_their_usual_places_stay_together() -> None:
    line, extents = at("aaaa aaaa aaaa", (72, 20), (94.5, 20), (117, 20))
    (row,) = drawn(line, *extents)
    assert [stretch.text for stretch in row.stretches] == ["aaaa aaaa aaaa"]


def test_the_cells_of_a_table_lie_apart() -> None:
    line, extents = at("Año 2024 2025", (72, 20), (300, 22), (400, 22))
    (row,) = drawn(line, *extents)
    assert [(stretch.text, stretch.x, stretch.width) for stretch in row.stretches] == [
        ("Año", 72, 20), ("2024", 300, 22), ("2025", 400, 22),
    ]  # fmt: skip


def test_leaders_are_one_stretch() -> None:
    dots = [(100.0 + 7 * place, 3.0) for place in range(40)]
    line, extents = at("Uno " + ". " * 40 + "7", (72, 20), *dots, (400, 5))
    (row,) = drawn(line, *extents)
    assert len(row.stretches) <= 3
    assert (row.stretches[-1].text, row.stretches[-1].x) == ("7", 400)


def test_words_beneath_each_other_keep_their_height() -> None:
    line = Line("orden Muestra", 72, 100, 200, 24, 10)
    (row,) = drawn(line, (5, 72, 106, 30, 12), (7, 200, 100, 40, 12))
    assert [(stretch.y, stretch.height) for stretch in row.stretches] == [(106, 12), (100, 12)]


def test_a_watermark_does_not_lie_over_the_words() -> None:
    assert drawn(Line("draft", 100, 180, 426, 503, 199), (5, 100, 180, 426, 503)) == []


def test_a_stamp_in_the_margin_stays() -> None:
    assert drawn(Line("arXiv:2401.01234 [cs.CL]", 20, 200, 20, 300, 20), (16, 20, 300, 20, 200), (7, 20, 200, 20, 90))


def test_hebrew_words_lie_apart() -> None:
    line = Line("שלום עולם", 72, 100, 90, 12, 10)
    (row,) = drawn(line, (4, 122, 100, 40, 12), (4, 72, 100, 40, 12))
    assert [(stretch.text, stretch.x) for stretch in row.stretches] == [("שלום", 122), ("עולם", 72)]


@pytest.mark.parametrize(
    ("xs", "turn", "x", "y"), [((200, 180), "rotate(90)", 50, -210), ((180, 200), "rotate(-90)", -150, 180)]
)
def test_sideways_lines_are_turned(xs: tuple[float, float], turn: str, x: float, y: float) -> None:
    page = PageText(1, 600, 800, [Line("abcdef", left, 50, 10, 100, 10) for left in xs])
    first = next(rows(page))
    assert (first.turn, first.first.x, first.first.y, first.first.width, first.first.height) == (turn, x, y, 100, 10)


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(13, 60)), min_size=1, max_size=20), st.data())
def test_every_word_is_written_near_its_place(gaps: list[tuple[float, float]], data: st.DataObject) -> None:
    x, extents, words = 72.0, [], []
    for gap, width in gaps:
        words.append(data.draw(st.text("abim.", min_size=1, max_size=8)))
        extents.append((len(words[-1]), x, 100.0, width, 12.0))
        x += width + gap
    line = Line(" ".join(words), 72, 100, x - 72, 12, 10)
    (row,) = drawn(line, *extents)
    assert " ".join(stretch.text for stretch in row.stretches) == line.text
    starts = {extent[1] for extent in extents}
    assert all(any(abs(stretch.x - start) < 0.11 for start in starts) for stretch in row.stretches)


def test_a_line_of_very_many_words_costs_no_more_for_each() -> None:
    count = 12_000
    line, extents = at(" ".join(["ab"] * count), *((12.2 * place, 10.0) for place in range(count)))
    begun = time.process_time()
    (row,) = drawn(line, *extents)
    assert sum(len(stretch.text.split()) for stretch in row.stretches) == count
    assert time.process_time() - begun < 4
