"""Lines to paragraphs, running heads told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.layout import joined_fragments, with_paragraphs
from pliego.pdf.paragraphs import paragraphs
from pliego.pdf.seams import joined
from pliego.pdf.values import Line, PageText

SIZE, PITCH, LEFT, WIDTH = 10.0, 12.0, 72.0, 300.0


def set_lines(*texts: str, top: float = 100, indent: dict[int, float] | None = None) -> list[Line]:
    """Lines of 10 points on 12, five points a character, from the left edge or indented by so many points."""
    shift = indent or {}
    return [
        Line(text, LEFT + shift.get(index, 0), top + PITCH * index, len(text) * 5.0, SIZE, SIZE)
        for index, text in enumerate(texts)
    ]


FULL = "una línea que llena toda la medida de la columna y acaba ahora."
PART = "una línea que llena toda la medida de la columna y no acaba aquí"


def test_full_lines_are_one_paragraph() -> None:
    assert paragraphs(set_lines(PART, PART, PART)) == [f"{PART} {PART} {PART}"]


def test_a_line_with_room_for_more_ends_a_paragraph() -> None:
    assert paragraphs(
        set_lines(PART, "el fin.", "Otro párrafo que empieza aquí y sigue hasta el borde de la caja")
    ) == [
        f"{PART} el fin.",
        "Otro párrafo que empieza aquí y sigue hasta el borde de la caja",
    ]


def test_an_indented_line_starts_a_paragraph() -> None:
    first, second = "Otra" + PART[4:], PART
    assert paragraphs(set_lines(PART, PART, first, second, indent={2: 10})) == [f"{PART} {PART}", f"{first} {second}"]


def test_a_hanging_item_is_one_paragraph() -> None:
    assert len(paragraphs(set_lines("• " + PART[:62], PART[:60], PART[:60], indent={1: 15, 2: 15}))) == 1


def test_items_are_paragraphs_of_their_own() -> None:
    assert len(paragraphs(set_lines("1. " + PART, "2. " + PART, "3. " + PART))) == 3


def test_space_between_lines_parts_paragraphs() -> None:
    assert len(paragraphs(set_lines(PART, PART, PART) + set_lines(PART, PART, PART, top=145))) == 2


def test_a_sentence_goes_on_in_the_next_column() -> None:
    left = set_lines(PART, PART)
    right = [
        Line(line.text, line.x + 350, line.y, line.width, line.height, line.size) for line in set_lines(PART, FULL)
    ]
    assert len(paragraphs(left + right)) == 1


def test_a_sentence_that_ended_does_not_go_on() -> None:
    left = set_lines(PART, FULL)
    right = [
        Line(line.text, line.x + 350, line.y, line.width, line.height, line.size) for line in set_lines(PART, FULL)
    ]
    upper = [Line("Otra" + PART[4:], 422, 100, 320, 10, 10)]
    assert len(paragraphs(left + right)) == len(paragraphs(set_lines(PART, PART) + upper)) == 2


def test_larger_type_stands_alone() -> None:
    heading = Line("Un título", LEFT, 80, 120, 20, 18)
    assert paragraphs([heading, *set_lines(PART, PART)])[0] == "Un título"


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
    ],
)
def test_line_ends(first: str, second: str, text: str) -> None:
    assert joined([first, second]) == text


def test_pieces_of_a_visual_line_are_joined() -> None:
    pieces = [Line("E = mc", 72, 100, 40, 12, 10), Line("2", 112, 98, 4, 7, 6), Line("siempre", 120, 100, 40, 12, 10)]
    assert [line.text for line in joined_fragments(pieces)] == ["E = mc2 siempre"]


def test_neighbouring_columns_are_not_pieces() -> None:
    assert len(joined_fragments([Line("a", 72, 100, 100, 12, 10), Line("b", 190, 100, 100, 12, 10)])) == 2


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


lines = st.builds(
    Line,
    st.text(min_size=1).map(str.strip).filter(bool),
    *[st.floats(-100, 1000)] * 2,
    *[st.floats(0, 1000)] * 3,
)


@given(st.lists(lines, max_size=30))
def test_any_lines_make_text_that_holds_them(found: list[Line]) -> None:
    (page,) = with_paragraphs([PageText(1, 595, 842, joined_fragments(found))])
    letters = sorted(letter for line in found for letter in line.text if letter.isalnum())
    assert sorted(letter for letter in page.text if letter.isalnum()) == letters
