"""Questions and answers below the page of results."""

import pytest

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents.searching import Question, search, suggest
from tests.archive import BEES, HIVES, put


@pytest.mark.parametrize(
    ("text", "word", "left"),
    [
        ("molino viejo", "viejo", "molino"),
        ('"agua fría" molino', "agua fría", "molino"),
        ("title:molino -negro", "molino", "-negro"),
        ("molino", "molino", "molino"),
        ("molino no", "no", "molino"),
        ("molinos (a", "noria", "molinos (a"),
    ],
)
def test_a_word_is_dropped_with_its_field_and_quotes(text: str, word: str, left: str) -> None:
    assert Question(text, page=3).without_word(word).text == left


def test_a_choice_is_dropped_alone() -> None:
    question = Question("molino", language="es", year=1990, page=4)
    assert question.chosen() == ["language", "year"]
    assert question.without("year") == Question("molino", language="es")


def test_words_are_put_right() -> None:
    assert Question("molnio viejo").with_words({"molnio": "molino"}).text == "molino viejo"


@pytest.mark.usefixtures("archive")
def test_a_page_is_lit_with_the_shortest_form_of_each_word() -> None:
    put("bees", BEES)
    [found] = search(ANONYMOUS, Question("abejas reinas")).documents
    assert set(found.pages[0].words.split()) == {"abeja", "reina"}


@pytest.mark.usefixtures("archive")
def test_choices_narrow_what_is_found() -> None:
    put("bees", BEES)
    put("hives", HIVES)
    assert search(ANONYMOUS, Question("colmena", language="es")).total == 2
    assert search(ANONYMOUS, Question("colmena", language="fr")).wider == [("language", 2)]
    assert search(ANONYMOUS, Question("colmena", length="book")).total == 0


@pytest.mark.usefixtures("archive")
def test_suggestions_keep_the_words_before() -> None:
    put("bees", BEES)
    assert "la vieja colmena" in suggest(ANONYMOUS, "la vieja colm")
