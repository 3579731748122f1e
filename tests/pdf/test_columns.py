"""The order to read columns in."""

from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.columns import reading_order
from pliego.pdf.values import Line

WORDS = "palabras que llenan la columna"


def column(name: str, x: float, width: float = 220, rows: int = 12) -> list[Line]:
    return [Line(f"{name}{row} {WORDS}", x, 100 + 12 * row, width, 10, 10) for row in range(rows)]


def names(lines: list[Line]) -> str:
    return "".join(line.text[0] for line in lines)


def rows_of(*columns: list[Line]) -> list[Line]:
    return [line for row in zip(*columns, strict=True) for line in row]


def test_mixed_columns_are_read_one_by_one() -> None:
    mixed = rows_of(column("a", 50), column("b", 320))
    assert names(reading_order(mixed, 595)) == "a" * 12 + "b" * 12


def test_a_line_across_parts_the_page() -> None:
    mixed = rows_of(column("a", 50), column("b", 320))
    across = Line("T", 50, 100 + 12 * 5.5, 490, 10, 10)
    assert names(reading_order([*mixed, across], 595)) == "a" * 6 + "b" * 6 + "T" + "a" * 6 + "b" * 6


def test_columns_in_order_are_left_alone() -> None:
    straight = column("a", 50) + column("b", 320)
    assert reading_order(straight, 595) is straight


def test_rows_of_a_table_stay_rows() -> None:
    cells = [Line(f"celda {n}", x, 100 + 12 * n, 40, 10, 10) for n in range(12) for x in (50, 320)]
    assert reading_order(cells, 595) is cells


def test_a_single_column_is_left_alone() -> None:
    single = column("a", 50, width=490, rows=30)
    assert reading_order(single, 595) is single


lines = st.builds(Line, st.text(min_size=1), *[st.floats(-100, 1000)] * 2, *[st.floats(0, 1000)] * 3)


@given(st.lists(lines, max_size=40), st.floats(1, 2000))
def test_no_line_is_lost(found: list[Line], width: float) -> None:
    assert sorted(map(repr, reading_order(found, width))) == sorted(map(repr, found))
