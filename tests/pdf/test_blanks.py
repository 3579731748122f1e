"""What is told of a form and said of it, as plain values."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.errors import BadRequest
from pliego.pdf.blanks import (
    CHOICES_MOST,
    MOST,
    NAME_MOST,
    VALUE_MOST,
    Blank,
    Shape,
    blanks_from,
    read_values,
    written_values,
)

SOCIO = Blank("socio", "Quiero ser socio", Shape.CHOICE, 2, "s", (("s", "Sí"), ("n", "No")), 3)


def test_a_blank_comes_back_as_it_was() -> None:
    assert blanks_from([SOCIO.to_json()]) == [SOCIO]


def test_what_is_told_is_never_more_than_can_be_shown() -> None:
    told = SOCIO.to_json() | {"name": "x" * 5000, "value": "y" * 5000, "choices": [["a", "b"]] * 900, "most": 10**9}
    (blank, *_), count = (found := blanks_from([told] * (MOST + 1))), len(found)
    sizes = (count, len(blank.name), len(blank.value), len(blank.choices), blank.most)
    assert sizes == (MOST, NAME_MOST, VALUE_MOST, CHOICES_MOST, VALUE_MOST)


@pytest.mark.parametrize("wrong", [{"shape": "hat"}, {"page": "one"}, {"choices": 3}, {"choices": [["a"]]}])
def test_what_has_another_shape_is_left_out(wrong: dict[str, Any]) -> None:
    assert blanks_from([SOCIO.to_json() | wrong, "socio", {}, SOCIO.to_json()]) == [SOCIO]
    assert blanks_from(wrong) == []


@given(st.text(max_size=60))
def test_any_words_are_values_or_an_error_of_ours(written: str) -> None:
    with suppress(BadRequest):
        assert all(isinstance(value, str) for value in read_values(written).values())


@given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1))
def test_values_written_are_read_as_they_were(values: dict[str, str]) -> None:
    assert read_values(written_values(values)) == values
