"""Passages as addresses."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.documents import quotes
from pliego.documents.engines import sidecar
from pliego.documents.models import File
from pliego.documents.quotes import Anchor, anchor_of, folded, locate, parse
from pliego.errors import BadRequest
from pliego.pdf.values import Line, PageText

WORDS = re.findall(
    r"\w+", "en un lugar de la mancha de cuyo nombre no quiero acordarme no ha mucho tiempo que vivía un hidalgo"
)


def page(number: int, *lines: str) -> PageText:
    return PageText(number, 595, 842, [Line(text, 50, 100 + 20 * row, 400, 12) for row, text in enumerate(lines)])


def stored(*pages: PageText) -> File:
    file = File(sha256=f"{abs(hash(pages[0].lines[0].text)):064x}"[:64], pages=len(pages))
    sidecar(file.sha256).write_chunk(1, pages)
    return file


def broken(words: list[str], width: int) -> list[str]:
    return [" ".join(words[start : start + width]) for start in range(0, len(words), width)]


def test_a_short_passage_is_its_words_with_what_stands_around() -> None:
    anchor = anchor_of([page(1, "Érase una vez un rey,", "que vivía lejos.")], "rey, que")
    assert str(anchor) == "una vez un~rey que~vivía lejos"


def test_a_long_passage_is_its_first_and_last_words() -> None:
    anchor = anchor_of([page(1, *broken(WORDS, 6))], " ".join(WORDS[4:]))
    assert anchor is not None
    assert re.fullmatch(r"la mancha de cuyo nombre\.\.tiempo que vivía un hidalgo", str(anchor))


def test_words_that_are_not_on_the_page_have_no_anchor() -> None:
    assert anchor_of([page(1, "Nada.")], "algo") is None
    assert anchor_of([page(1, "Nada.")], "…") is None


@pytest.mark.parametrize("quote", ["", "~~", "...", "a~b~c~d", "x" * 601])
def test_what_names_no_words_is_refused(quote: str) -> None:
    with pytest.raises(BadRequest):
        parse(quote)


@given(st.text("abcñ ", min_size=1), st.text("xyz "), st.text("pq "), st.text("rs "))
def test_an_anchor_is_read_as_it_is_written(start: str, end: str, prefix: str, suffix: str) -> None:
    anchor = Anchor(*(" ".join(part.split()) for part in (f"a{start}", end, prefix, suffix)))
    assert parse(str(anchor)) == anchor


@given(st.text(), st.text())
def test_folding_goes_letter_by_letter(left: str, right: str) -> None:
    assert folded(left + right) == folded(left) + folded(right)


@given(st.data(), st.integers(1, 9), st.integers(1, 9))
def test_every_passage_is_found_again_however_the_lines_are_broken(data: st.DataObject, width: int, later: int) -> None:
    words = WORDS + WORDS[::-1] + sorted(WORDS)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    chosen = " ".join(words[first : last + 1])
    before, after = " ".join(words[:first]), " ".join(words[last + 1 :])
    anchor = anchor_of([page(1, *broken(words, width))], chosen, "", before, after)
    assert anchor is not None
    found = quotes._found([page(1, *broken(words, later))], parse(str(anchor)))
    assert found is not None
    assert found.text == chosen


def test_of_a_very_long_selection_its_ends_are_enough() -> None:
    anchor = anchor_of([page(1, *broken(WORDS, 6))], "de la mancha de", "que vivía")
    assert str(anchor) == "de la mancha de..que vivía"


def test_the_boxes_are_those_of_the_words() -> None:
    text = page(1, "uno dos tres", "cuatro")
    found = quotes._found([text], Anchor("dos tres cuatro"))
    assert found is not None
    assert found.on(text).boxes == [
        (pytest.approx(50 + 400 * 4 / 12, abs=12), 100, pytest.approx(400 * 8 / 12, abs=12), 12),
        (50, 120, 400, 12),
    ]
    measured = [[(3, 50, 100, 20, 12), (3, 300, 100, 30, 12), (4, 400, 100, 50, 12)], []]
    assert found.on(text, measured).boxes == [(300, 100, 150, 12), (50, 120, 400, 12)]


def test_the_words_around_choose_among_equal_passages() -> None:
    found = quotes._found([page(1, "la casa roja", "la casa verde")], parse("~casa~verde"))
    assert found is not None
    assert found.lines[0][0] == 1


def test_whole_words_come_first() -> None:
    found = quotes._found([page(1, "entonces", "once")], Anchor("once"))
    assert found is not None
    assert found.lines[0][0] == 1


def test_a_word_broken_at_a_line_end_is_found() -> None:
    found = quotes._found([page(1, "una pala-", "bra sola")], Anchor("una palabra"))
    assert found is not None
    assert found.text == "una palabra"
    assert len(found.lines) == 2


def test_a_passage_goes_on_over_the_page() -> None:
    file = stored(page(1, "termina aquí una"), page(2, "frase larga"))
    found = locate(file, 1, Anchor("una frase"))
    assert found is not None
    assert (found.page, len(found.boxes), found.text, found.moved) == (1, 1, "una frase", False)


@pytest.mark.parametrize("number", [1, 3, 9])
def test_a_passage_that_has_moved_is_found_and_told(number: int) -> None:
    file = stored(*(page(each, "el pasaje buscado" if each == 4 else f"página {number}") for each in range(1, 10)))
    found = locate(file, number, Anchor("pasaje buscado"))
    assert found is not None
    assert (found.page, found.moved) == (4, True)


def test_a_passage_that_is_gone_is_nowhere() -> None:
    assert locate(stored(page(1, "otra cosa")), 1, Anchor("el pasaje")) is None


def test_pages_full_of_the_words_are_not_looked_at_for_ever() -> None:
    full = ["a" * 200] * 500
    file = stored(*(page(number, *(full if number == 2 else ["zz", *full])) for number in range(1, 33)))
    began = time.process_time()
    assert locate(file, 1, parse("a..zz")) is None
    assert time.process_time() - began < 8
