"""Where characters lie within a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from pliego.pdf.spans import Measured, is_slanted, placed, runs_downwards, span_box
from pliego.pdf.values import Line

TEXT = "La lluvia cae sobre el puerto viejo"


def line(text: str = TEXT, width: float = 200, height: float = 12, size: float = 10) -> Line:
    return Line(text, 72, 100, width, height, size)


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
def test_words_are_found_within_half_a_character(font: str) -> None:
    measured = stringWidth(TEXT, font, 10)
    start = TEXT.index("puerto")
    x, y, width, height = span_box(line(width=measured), start, start + 6)
    assert x == pytest.approx(72 + stringWidth(TEXT[:start], font, 10), abs=3)
    assert width == pytest.approx(stringWidth("puerto", font, 10), abs=3)
    assert (y, height) == (100, 12)


def test_hebrew_begins_on_the_right() -> None:
    x, _, width, _ = span_box(line("שלום עולם", width=90), 0, 4)
    assert x + width == pytest.approx(162)


LEADERS = Line("Prólogo . . . 7", 72, 100, 400, 12, 10)
PLACES = [(7, 72.0, 40.0), (1, 200.0, 3.0), (1, 300.0, 3.0), (1, 400.0, 3.0), (1, 467.0, 5.0)]
EXTENTS = [(count, x, 100.0, width, 12.0) for count, x, width in PLACES]


@pytest.mark.parametrize(
    ("start", "end", "x", "width"), [(0, 7, 72, 40), (14, 15, 467, 5), (0, 15, 72, 400), (7, 9, 200, 3), (7, 8, 72, 0)]
)
def test_measured_words_lie_where_they_were_measured(start: int, end: int, x: float, width: float) -> None:
    assert span_box(LEADERS, start, end, extents=EXTENTS) == (x, 100, width, 12)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=9), st.data())
def test_the_extents_that_characters_touch(lengths: list[int], data: st.DataObject) -> None:
    text = " ".join("x" * length for length in lengths)
    measured = Measured([(length, float(at), 0.0, 1.0, 1.0) for at, length in enumerate(lengths)])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    touched = [pair for pair in placed(text, measured) if start < pair[0] + pair[1][0] and pair[0] < end]
    found = measured.touching(text, start, end)
    assert [pair for pair in found if start < pair[0] + pair[1][0] and pair[0] < end] == touched
    assert len(found) <= len(touched) + 1


def test_a_part_of_a_measured_word_is_told_from_its_letters() -> None:
    x, _, width, _ = span_box(LEADERS, 3, 7, extents=EXTENTS)
    assert x == pytest.approx(72 + 40 * 3 / 7, abs=3)
    assert x + width == pytest.approx(112)


@pytest.mark.parametrize(("downwards", "y"), [(True, 100), (False, 200)])
def test_sideways_lines(downwards: bool, y: float) -> None:
    box = span_box(Line("mmmm mmmm", 72, 100, 12, 200, 10), 0, 4, downwards=downwards)
    assert box[0:1] + box[2:3] == (72, 12)
    assert (box[1] if downwards else box[1] + box[3]) == pytest.approx(y if downwards else 300)


def test_which_way_sideways_lines_run() -> None:
    lines = [Line("abcdef", x, 0, 10, 100, 10) for x in (200, 180)]
    assert runs_downwards(lines)
    assert not runs_downwards(lines[::-1])


@given(st.text(min_size=1, max_size=50), st.data())
def test_boxes_lie_within_the_line_and_meet(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    whole, first, rest = (span_box(line(text), *span) for span in ((0, len(text)), (0, start), (start, len(text))))
    assert whole == pytest.approx((72, 100, 200, 12))
    assert first[2] + rest[2] == pytest.approx(200)
    assert first[2] >= 0 <= rest[2]


@pytest.mark.parametrize(
    ("width", "height", "size", "slanted"),
    [(426, 503, 199, True), (300, 260, 60, True), (400, 12, 10, False), (80, 60, 60, False), (200, 44, 10, False)],
)
def test_large_words_at_a_slant(width: float, height: float, size: float, slanted: bool) -> None:
    assert is_slanted(Line("draft", 100, 100, width, height, size)) == slanted
