"""Headings told by type size and numbers."""

import pytest

from pliego.pdf.headings import find_headings, looks_like_heading
from pliego.pdf.values import Line, OutlineEntry, PageText
from tests import samples
from tests.pdf.lines import FULL, PART, page_of, set_lines
from tests.pdf.test_text import pages_of


def headings(pages: list[PageText]) -> list[tuple[int, str]]:
    return [(entry.level, entry.title) for entry in find_headings(pages)]


def titled(title: str, number: int, size: float = 16) -> PageText:
    heading = Line(title, 72, 40 + 3 * number, 9.0 * len(title), size, size)
    return page_of([heading, *set_lines(*[PART] * 8, FULL, top=300)], number)


def test_the_chapters_of_a_book_without_bookmarks() -> None:
    found = find_headings(pages_of(samples.book(40)))
    assert [(entry.title, entry.level, entry.page) for entry in found] == [
        (f"Capítulo {chapter}", 1, 12 * chapter - 11) for chapter in (1, 2, 3, 4)
    ]


def test_sections_lie_below_chapters_and_the_contents_are_none() -> None:
    found = headings(pages_of(samples.manual()))
    assert found[:3] == [(1, "1 Parte 1 del manual"), (2, "1.1 Sección"), (2, "1.2 Sección")]
    assert len(found) == 18


def test_slides_have_their_titles() -> None:
    assert headings(pages_of(samples.slides())) == [(1, f"Diapositiva {number}") for number in range(1, 6)]


@pytest.mark.parametrize("data", [samples.paper(), samples.leaflet(), samples.scan(), samples.right_to_left()])
def test_a_single_title_is_no_contents(data: bytes) -> None:
    assert headings(pages_of(data)) == []


def test_numbers_are_enough_where_they_go_on() -> None:
    numbers = ["1 Uno", "1.1 Dos", "1.2 Tres", "2 Cuatro", "2.1 Cinco", "2.2 Seis", "3 Siete"]
    found = headings([titled(number, page, size=10) for page, number in enumerate(numbers, 1)])
    assert found == [(2 if "." in number else 1, number) for number in numbers[:-1]]


@pytest.mark.parametrize(
    "numbers", [["1 a", "2 b", "3 c", "4 d", "5 e", "6 f"], ["1.1 a", "3.2 b", "7.1 c", "2.2 d", "9.1 e"]]
)
def test_other_numbers_are_not(numbers: list[str]) -> None:
    assert headings([titled(number.title(), page, size=10) for page, number in enumerate(numbers, 1)]) == []


def test_a_size_that_also_sets_prose_is_none_of_headings() -> None:
    pages = [titled("Un título", 1), titled("Otro título", 2)]
    prose = [Line(PART, 72, 100 + 20 * row, 500, 16, 16) for row in range(4)]
    pages += [page_of([*prose, *set_lines(*[PART] * 40, top=300)], number) for number in (3, 4, 5)]
    assert headings(pages) == []


def test_a_label_and_its_title_are_one() -> None:
    pages = []
    for number in (1, 2, 3):
        label = Line(f"Capítulo {number}", 72, 40 + 3 * number, 100, 14, 14)
        title = Line(f"La lluvia {'x' * number}", 72, 80 + 3 * number, 100, 20, 20)
        pages.append(page_of([label, title, *set_lines(*[PART] * 8, top=300)], number))
    assert find_headings(pages)[0] == OutlineEntry("Capítulo 1 La lluvia x", 1, 1, 43)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Un título", True),
        ("2.1 Otro", True),
        ("Una frase que termina.", False),
        ("sigue de antes", False),
        ("12345 678", False),
        ("x" * 151, False),
        ("Uno . . . . . 12", False),
    ],
)
def test_what_looks_like_a_heading(text: str, is_one: bool) -> None:
    assert looks_like_heading(set_lines(text)) == is_one


@pytest.mark.parametrize(("sections", "kept"), [(5, ["1 Uno", "2 Uno"]), (1, ["Una sociedad", "1 Uno", "Uno"])])
def test_the_lines_of_a_title_page_are_no_headings(sections: int, kept: list[str]) -> None:
    above = [Line("Una sociedad", 72, 40, 110, 16, 16), Line("1 Uno", 72, 150, 50, 16, 16)]
    first = page_of([*above, *set_lines(*[PART] * 8, FULL, top=300)])
    others = [titled(f"{number} Uno" if sections > 1 else "Uno", number) for number in range(2, sections + 2)]
    assert [title for _, title in headings([first, *others])][: len(kept)] == kept
