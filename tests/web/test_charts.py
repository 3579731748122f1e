from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pliego.documents.statistics import Day
from pliego.web.charts import HEIGHT, WIDTH, chart

START = date(2026, 1, 1)
NUMBERS = st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=400)


def days(numbers: list[tuple[int, int]]) -> list[Day]:
    return [Day(START + timedelta(days=at), *pair) for at, pair in enumerate(numbers)]


@given(NUMBERS)
def test_every_bar_lies_in_the_drawing_and_nothing_is_lost(numbers: list[tuple[int, int]]) -> None:
    drawn = chart(days(numbers))
    assert sum(bar.views for bar in drawn.bars) == sum(views for views, _ in numbers)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in drawn.bars)
    assert all(0 <= bar.view_y <= HEIGHT and 0 <= bar.download_y <= HEIGHT for bar in drawn.bars)


def test_the_upper_edge_is_a_round_number() -> None:
    tops = [chart(days([(number, 0)])).top for number in (0, 1, 3, 10, 11, 51, 999, 1001)]
    assert tops == [1, 1, 3, 10, 20, 60, 1000, 2000]


def test_a_year_is_drawn_by_weeks_that_end_today() -> None:
    drawn = chart(days([(1, 0)] * 365))
    assert drawn.weekly
    assert [bar.views for bar in drawn.bars] == [1] + [7] * 52
