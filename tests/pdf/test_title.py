"""Titles worth showing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.text import read_pages
from pliego.pdf.title import MAX_TITLE, clean_title, guess_title
from pliego.pdf.values import Line, PageText
from tests import samples
from tests.pdf.opened import opened


@pytest.mark.parametrize("junk", [
    "", "untitled", "Untitled-2", "Sin título", "Document1", "Documento (3)", "PowerPoint Presentation", "Slide 1",
    "Microsoft Word - Informe final.doc", "informe_final_v2", "20190312report", "capítulo 3.indd", "C:\\tmp\\a b", "()",
    "--- ...", "2019", "IMG_2031", "about:blank", "https://example.org/a", "scan0001",
    "d41d8cd98f00b204e9800998ecf8427e",
])  # fmt: skip
def test_junk_is_no_title(junk: str) -> None:
    assert clean_title(junk) == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  Don  Quijote\nde la Mancha ", "Don Quijote de la Mancha"),
        ("Microsoft Word - Informe anual", "Informe anual"),
        ("Título con\u202e trampa", "Título con trampa"),
        ("می\u200cخواهم برای تو", "می\u200cخواهم برای تو"),
        ("1984", ""),
        ("Apollo 11", "Apollo 11"),
        ("Hamlet", "Hamlet"),
        ("Documento de trabajo", "Documento de trabajo"),
        ("The array package∗", "The array package"),
    ],
)
def test_titles_are_kept_and_tidied(text: str, title: str) -> None:
    assert clean_title(text) == title


@given(st.text(max_size=700))
def test_any_text_gives_one_short_line(text: str) -> None:
    title = clean_title(text)
    assert len(title) <= MAX_TITLE
    assert "\n" not in title


def page(*lines: tuple[str, float]) -> PageText:
    """A page of (text, size) one below the other."""
    placed = [Line(text, 72, 72 + 1.3 * 30 * index, 200, size * 1.2, size) for index, (text, size) in enumerate(lines)]
    return PageText(1, 595, 842, placed)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([("Editorial", 10), ("La lluvia", 24), ("y el mar", 24), ("Texto que sigue aquí", 10)], "La lluvia y el mar"),
        ([("Todo del mismo", 10), ("tamaño en esta", 10), ("página sin título", 10)], ""),
        ([("La lluvia", 30), ("de Inés Ñandú", 12), ("Capítulo uno", 30), ("Texto normal que sigue", 10)], "La lluvia"),
        (
            [("Boletín Oficial", 30), ("Núm. 12, lunes 4 de mayo", 10), ("Texto que sigue", 10)],
            "Boletín Oficial, Núm. 12, lunes 4 de mayo",
        ),
        ([("La lluvia", 30), ("Número de páginas: 12", 10), ("Texto que sigue", 10)], "La lluvia"),
        (
            [("Andamio", 20), ("El programa", 10), ("Manual de uso", 20), ("Texto que sigue", 10)],
            "Andamio: Manual de uso",
        ),
        ([("7", 60), ("La lluvia", 24), ("Texto que sigue aquí", 10)], "La lluvia"),
        ([], ""),
    ],
)
def test_the_largest_type_is_the_title(lines: list[tuple[str, float]], title: str) -> None:
    assert guess_title(page(*lines)) == title


def test_the_title_of_a_leaflet() -> None:
    with opened(samples.leaflet("Feria del libro")) as source:
        assert guess_title(next(read_pages(source, 1, 1))) == "Feria del libro"


def test_a_watermark_is_no_title() -> None:
    watermark = Line("draft", 100, 180, 426, 503, 199)
    told = page(("La lluvia", 24), ("Texto que sigue aquí", 10))
    assert guess_title(replace(told, lines=[watermark, *told.lines])) == "La lluvia"
