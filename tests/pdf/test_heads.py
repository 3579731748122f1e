"""Running heads and page numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.layout import with_paragraphs
from pliego.pdf.values import Line, PageText
from tests.pdf.lines import PART, page_of, set_lines


def book(heads: list[str], feet: list[str]) -> list[PageText]:
    """A page for each head and foot, with some text between them."""
    pages = []
    for number, (head, foot) in enumerate(zip(heads, feet, strict=True), 1):
        top = Line(head, 72, 40, 100, 10, 9)
        bottom = Line(foot, 300, 800, 100, 10, 9)
        pages.append(PageText(number, 595, 842, [top, *set_lines(PART, f"Texto {number * 37 % 11}."), bottom]))
    return pages


def kept(pages: list[PageText]) -> str:
    return "\n".join(page.text for page in with_paragraphs(pages))


def test_the_same_head_on_every_page_is_left_out() -> None:
    text = kept(book(["La lluvia"] * 6, [f"nota {n * n}º{'x' * n}" for n in range(6)]))
    assert "La lluvia" not in text
    assert "nota" in text


def test_heads_of_even_and_odd_pages_are_left_out() -> None:
    text = kept(book(["La lluvia", "Un autor"] * 4, [f"algo {'y' * n}" for n in range(8)]))
    assert "La lluvia" not in text
    assert "Un autor" not in text


@pytest.mark.parametrize(
    "numbers", [["5", "6", "7", "8"], ["iv", "v", "vi", "vii"], ["- 9 -", "- 10 -", "- 11 -", "- 12 -"]]
)
def test_page_numbers_are_left_out(numbers: list[str]) -> None:
    assert not any(number in kept(book([f"t{'z' * n}" for n in range(4)], numbers)).split("\n\n") for number in numbers)


def test_changing_heads_with_the_number_of_the_page_are_left_out() -> None:
    heads = [f"{title} {number + 20}" for number, title in enumerate(["Uno", "Dos", "Tres", "Cuatro"])]
    assert "Dos" not in kept(book(heads, [f"f{'z' * n}" for n in range(4)]))


@pytest.mark.parametrize("heads", [["Uno", "Dos", "Tres", "Cuatro"], ["7", "1", "12", "3"], ["La lluvia"] * 2])
def test_what_does_not_return_stays(heads: list[str]) -> None:
    text = kept(book(heads, [f"f{'z' * n}" for n in range(len(heads))]))
    assert all(head in text for head in heads)


def test_pages_come_in_order_and_none_is_lost() -> None:
    assert [page.number for page in with_paragraphs(book(["a"] * 40, ["b"] * 40))] == list(range(1, 41))


def test_heads_that_begin_alike_are_left_out() -> None:
    heads = [f"CAPÍTULO 1. UNA TARDE DE LLUVIA {part}" for part in ("EL PUERTO", "LA CIUDAD", "EL RÍO", "LA CASA")]
    assert "CAPÍTULO" not in kept(book(heads, [f"f{'z' * n}" for n in range(4)]))


def test_numbered_footnotes_are_no_page_numbers() -> None:
    text = kept(book([f"t{'z' * n}" for n in range(4)], [f"{n} {'m' * n} es una nota." for n in range(1, 5)]))
    assert text.count("es una nota") == 4


def test_titles_of_slides_are_no_running_heads() -> None:
    slides = [page_of([Line(f"Diapositiva {n}", 72, 40, 300, 30, 30), *set_lines(PART, PART)], n) for n in range(1, 7)]
    assert kept(slides).count("Diapositiva") == 6


@given(st.integers(3, 30), st.integers(1, 90), st.text("abefghjñ ", min_size=3, max_size=30).filter(str.strip))
def test_a_planted_head_is_gone_and_all_else_stays(count: int, begin: int, head: str) -> None:
    body = [f"{PART} página {'i' * number}" for number in range(count)]
    pages = []
    for number, text in enumerate(body):
        top, bottom = Line(head.strip(), 72, 40, 100, 10, 9), Line(str(begin + number), 300, 800, 9, 9, 9)
        pages.append(page_of([top, *set_lines(text, top=300), bottom], number + 1))
    assert [page.paragraphs for page in with_paragraphs(pages)] == [[text] for text in body]
