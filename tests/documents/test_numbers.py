import pytest

from pliego.documents.numbers import whole
from pliego.errors import BadRequest


def test_digits_are_a_number() -> None:
    assert (whole("0", "n"), whole("007", "n"), whole("9" * 18, "n")) == (0, 7, 10**18 - 1)
    assert (whole("12", "n", digits=2), whole("1", "n", least=1)) == (12, 1)


@pytest.mark.parametrize("text", ["", " 1", "-1", "1.0", "٣", "²", "1\n", "9" * 19])
def test_nothing_else_is(text: str) -> None:
    with pytest.raises(BadRequest, match="deed"):
        whole(text, "deed")


def test_a_number_of_too_many_digits_or_too_small_is_none() -> None:
    for limits in ({"digits": 1}, {"least": 13}):
        with pytest.raises(BadRequest):
            whole("12", "n", **limits)
