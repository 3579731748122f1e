import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.search.spelling import beginnings, distance, similar

WORDS = {"educacion": 40, "educador": 3, "edicion": 9, "casa": 5, "caza": 7, "cosa": 1, "наука": 2}


def known(prefix: str, limit: int) -> list[tuple[str, int]]:
    return [(word, count) for word, count in WORDS.items() if word.startswith(prefix)][:limit]


@pytest.mark.parametrize(
    "typed",
    ["educacoin", "deucacion", "ducacion", "wducacion", "eeducacion", "educacionn", "eduaciom", "edjcacionn"],
)
def test_slips_are_forgiven(typed: str) -> None:
    assert similar(typed, known)[0] == "educacion"


def test_short_words_are_forgiven_one_slip() -> None:
    assert similar("eduacon", known) == []
    assert similar("наукаа", known) == ["наука"]


def test_the_more_common_word_comes_first() -> None:
    assert similar("cazsa", known) == ["caza", "casa"]


def test_the_word_itself_and_short_words_are_not_guessed() -> None:
    assert "casa" not in similar("casa", known)
    assert similar("cas", known) == []


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("ab", "ba", 1), ("abc", "abd", 1), ("abc", "abcd", 1), ("abc", "xyz", 3), ("", "a", 1)]
)
def test_distance(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == slips


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) <= 3


@given(st.text(alphabet="abcdefgz", min_size=4, max_size=10), st.integers(0, 9), st.sampled_from("abz"))
def test_one_slip_keeps_a_beginning(word: str, at: int, letter: str) -> None:
    at = min(at, len(word))
    assert (word[:at] + letter + word[at:])[:3] in set(beginnings(word))
