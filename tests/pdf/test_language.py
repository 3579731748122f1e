"""The language of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.language import language_of
from tests import samples

ENGLISH = "The keeper of the lighthouse wrote every evening about the ships which he had seen from his window. "
GERMAN = "Der Wächter des Leuchtturms schrieb jeden Abend über die Schiffe, die er von seinem Fenster gesehen hatte. "


@pytest.mark.parametrize(
    ("text", "language"),
    [(samples.sentences(20, 1), "es"), (ENGLISH * 3, "en"), (GERMAN * 3, "de"), (ENGLISH.upper() * 3, "en")],
)
def test_known_languages(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "Hola", "12 345 " * 100, "https://example.org/una/lengua/muy/larga " * 9])
def test_too_little_to_tell(text: str) -> None:
    assert language_of(text) == ""


def test_a_foreign_abstract_does_not_decide() -> None:
    assert language_of(ENGLISH * 4 + samples.sentences(200, 2)) == "es"


@given(st.text(max_size=600))
def test_any_text_gives_a_code_or_nothing(text: str) -> None:
    assert len(language_of(text)) in (0, 2)
