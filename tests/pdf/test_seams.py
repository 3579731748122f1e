"""How lines are joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.seams import Wording, joined, words_of


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("la que-", "bradura", "la quebradura"),
        ("el año 1914-", "1918", "el año 1914-1918"),
        ("fin de semana-", "Santa", "fin de semana-Santa"),
        ("un estado-de-", "arte", "un estado-de-arte"),
        ("palabra -", "aparte", "palabra - aparte"),
        ("日本", "語", "日本語"),
        ("fin", "nuevo", "fin nuevo"),
        ("véase https://ejemplo.org/un-", "lugar", "véase https://ejemplo.org/un-lugar"),
        ("véase www.", "ejemplo.org", "véase www.ejemplo.org"),
    ],
)
def test_line_ends(first: str, second: str, text: str) -> None:
    assert joined([first, second]) == text


@pytest.mark.parametrize(
    ("nearby", "text"),
    [
        ("el apt-pinning y nada más", "apt-pinning"),
        ("aptpinning se dice también apt-pinning", "aptpinning"),
        ("con apt se hace pinning a veces", "apt-pinning"),
        ("nada parecido por aquí", "aptpinning"),
        ("", "aptpinning"),
    ],
)
def test_the_words_around_tell_whose_hyphen_it_is(nearby: str, text: str) -> None:
    assert joined(["apt-", "pinning"], Wording([words_of([nearby])])) == text


words = st.text("abcdefghijñóü", min_size=4, max_size=12)


@given(st.lists(words, min_size=2, max_size=20), st.data())
def test_a_word_broken_anywhere_is_put_together(written: list[str], data: st.DataObject) -> None:
    broken = data.draw(st.integers(0, len(written) - 1))
    place = data.draw(st.integers(2, len(written[broken]) - 2))
    text = " ".join(written)
    cut = len(" ".join(written[:broken])) + (1 if broken else 0) + place
    assert joined([f"{text[:cut]}-", text[cut:]], Wording([words_of([text])])) == text
