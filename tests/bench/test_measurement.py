import pytest

from bench.measurement import Measurement, side_by_side


@pytest.mark.parametrize(("value", "met"), [(2.0, True), (2.1, False)])
def test_a_ratio_is_held_against_the_aim(value: float, met: bool) -> None:
    assert Measurement("x", value * 10, "ms", 2, "bare", 10).met is met


def test_a_floor() -> None:
    assert not Measurement("x", 4, "/s", 0.5, "bare", 10, at_least=True).met


def test_a_value_by_itself() -> None:
    assert Measurement("x", 3, "s", aim=3).met


def test_the_line_says_everything() -> None:
    line = Measurement("text", 300, "pages/s", 0.65, "bare text", 400, at_least=True).line()
    assert line == "text | 300 pages/s | bare text: 400 pages/s | 0.75x | ≥ 0.65x | ok"


def test_medians_are_taken_in_turn() -> None:
    figures = iter([1.0, 10.0, 9.0, 30.0, 2.0, 20.0])
    assert side_by_side(lambda: next(figures), lambda: next(figures), 3) == (2.0, 20.0)
