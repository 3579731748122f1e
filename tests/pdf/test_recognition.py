"""Recognising words, and reading the table that comes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.errors import ReaderStopped
from pliego.pdf import recognition
from pliego.pdf.recognition import read_table, recognise
from pliego.pdf.scans import draw_scan
from tests import samples
from tests.pdf.opened import opened

needs_tesseract = pytest.mark.skipif(not recognition.installed(), reason="Tesseract is not installed")


def row(line: int, text: str, box: str, sure: float = 90) -> str:
    return "\t".join(["5", "1", "1", "1", str(line), "1", *box.split(), str(sure), text])


def test_words_of_a_line_are_joined_and_measured_in_points() -> None:
    table = "\n".join(
        [row(1, "Hola", "100 200 80 40"), row(1, "mundo", "200 200 100 40"), row(2, "Adiós", "9 300 9 9")]
    )
    first, second = (found.line for found in read_table(table, 0.5, 842))
    assert (first.text, first.x, first.width, first.height) == ("Hola mundo", 50, 100, 25)
    assert first.y < 100 < first.y + first.height
    assert second.text == "Adiós"


def test_each_word_keeps_its_place() -> None:
    table = "\n".join([row(1, "Hola", "100 200 80 40"), row(1, "mundo", "300 205 100 30")])
    (found,) = read_table(table, 0.5, 842)
    line = found.line
    assert found.places == [(4, 50, line.y, 40, line.height), (5, 150, line.y, 50, line.height)]


def test_what_is_unsure_or_no_word_is_passed_over() -> None:
    rows = [row(1, "ruido", "1 1 9 9", 12), row(1, " ", "1 1 9 9"), row(1, "x", "a b c d"), "4\tnada", "", "5\t1"]
    assert read_table("\n".join(rows), 1, 842) == []


@given(st.text())
def test_any_table_gives_lines(table: str) -> None:
    for found in read_table(f"{table}\n{row(1, table, '1 1 9 9')}", 1, 842):
        assert found.line.text.isprintable()
        assert sum(place[0] for place in found.places) >= len("".join(found.line.text.split())) > 0


@needs_tesseract
def test_the_words_of_a_page_are_found_where_they_stand() -> None:
    with opened(samples.book(2)) as source:
        found = recognise(draw_scan(source, 2)[0], 595.28, 841.89, "es")
    line, places = found[0].line, found[0].places
    assert line.text == "Capítulo 1"
    assert abs(line.x - 72) < 3
    assert abs(line.y - 41) < 3
    assert [place[0] for place in places] == [8, 1]
    assert places[0][1] == line.x
    assert places[1][1] + places[1][3] == pytest.approx(line.x + line.width, abs=0.2)


@needs_tesseract
def test_what_is_no_picture_is_an_error() -> None:
    with pytest.raises(ReaderStopped):
        recognise(b"P5 99 99 255\nshort", 595, 842, "es")
