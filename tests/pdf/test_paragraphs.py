"""Lines to paragraphs."""

from pliego.pdf.paragraphs import goes_on, grouped, paragraphs
from pliego.pdf.values import Line
from tests.pdf.lines import FULL, LEFT, PART, set_lines


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


def test_what_hangs_from_a_dash_belongs_to_it() -> None:
    hanging = set_lines("— " + PART[:60], "cosa", "— " + PART[:60], "otra", indent={1: 15, 3: 15})
    assert [len(group) for group in grouped(hanging)] == [2, 2]


def test_an_ended_sentence_does_not_go_on_over_the_page() -> None:
    above, below = set_lines(PART), set_lines("sigue aquí")
    assert goes_on(above, below)
    assert not goes_on(set_lines(FULL), below)
    assert not goes_on(above, set_lines("Otra cosa"))
