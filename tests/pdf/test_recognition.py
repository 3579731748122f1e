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
    first, second = read_table(table, 0.5, 842)
    assert (first.text, first.x, first.width, first.height) == ("Hola mundo", 50, 100, 25)
    assert first.y < 100 < first.y + first.height
    assert second.text == "Adiós"


def test_what_is_unsure_or_no_word_is_passed_over() -> None:
    rows = [row(1, "ruido", "1 1 9 9", 12), row(1, " ", "1 1 9 9"), row(1, "x", "a b c d"), "4\tnada", "", "5\t1"]
    assert read_table("\n".join(rows), 1, 842) == []


@given(st.text())
def test_any_table_gives_lines(table: str) -> None:
    for line in read_table(f"{table}\n{row(1, table, '1 1 9 9')}", 1, 842):
        assert line.text.isprintable()


@needs_tesseract
def test_the_words_of_a_page_are_found_where_they_stand() -> None:
    with opened(samples.book(2)) as source:
        lines = recognise(draw_scan(source, 2), 595.28, 841.89, "es")
    assert lines[0].text == "Capítulo 1"
    assert abs(lines[0].x - 72) < 3
    assert abs(lines[0].y - 41) < 3


@needs_tesseract
def test_what_is_no_picture_is_an_error() -> None:
    with pytest.raises(ReaderStopped):
        recognise(b"P5 99 99 255\nshort", 595, 842, "es")
