"""Items of lists."""

import pytest

from pliego.pdf.lists import items_among
from pliego.pdf.paragraphs import grouped
from pliego.pdf.values import Line
from tests.pdf.lines import PART, set_lines


def marks(*texts: str, indent: dict[int, float] | None = None) -> list[tuple[str, int] | None]:
    groups = [[line] for line in set_lines(*texts, indent=indent)]
    return [(item.mark, item.level) if item else None for item in items_among(groups)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("• uno", "• dos"), ("1. uno", "2. dos"), ("(a) uno", "(b) dos"), ("- uno", "- dos"), ("9) uno", "10) dos")],
)
def test_siblings_are_items(first: str, second: str) -> None:
    assert marks(first, second) == [(first.split(maxsplit=1)[0], 1), (second.split(maxsplit=1)[0], 1)]


@pytest.mark.parametrize(
    "texts", [("1. uno", "3. tres"), ("- uno", "otro"), ("1. solo",), ("— Hola", "— Adiós"), ("—Hola",)]
)
def test_what_may_be_something_else_is_none(texts: tuple[str, ...]) -> None:
    assert marks(*texts) == [None] * len(texts)


def test_a_bullet_is_enough() -> None:
    assert marks("•uno", "nada") == [("•", 1), None]


def test_lists_within_lists() -> None:
    found = marks("• uno", "– dos", "– tres", "• cuatro", indent={1: 20, 2: 20})
    assert found == [("•", 1), ("–", 2), ("–", 2), ("•", 1)]


def test_long_dashes_that_hang_are_items() -> None:
    lines = set_lines(f"— {PART}", "que sigue", "— otra", indent={1: 12})
    assert [item and item.mark for item in items_among(grouped(lines))] == ["—", "—"]


def test_the_words_begin_after_the_mark() -> None:
    (item,) = items_among([[Line("•   uno", 72, 100, 50, 10, 10)]])
    assert item
    assert "•   uno"[item.skip :] == "uno"
