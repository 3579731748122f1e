"""Lines with boxes to text that reads."""

from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.layout import bodies, joined_fragments, with_paragraphs
from pliego.pdf.spans import is_slanted
from pliego.pdf.values import Line, PageText
from tests.pdf.lines import page_of, set_lines


def test_pieces_of_a_visual_line_are_joined() -> None:
    pieces = [Line("E = mc", 72, 100, 40, 12, 10), Line("2", 112, 98, 4, 7, 6), Line("siempre", 120, 100, 40, 12, 10)]
    assert [line.text for line in joined_fragments(pieces)] == ["E = mc2 siempre"]


def test_neighbouring_columns_are_not_pieces() -> None:
    assert len(joined_fragments([Line("a", 72, 100, 100, 12, 10), Line("b", 190, 100, 100, 12, 10)])) == 2


def test_a_raised_mark_does_not_part_a_line() -> None:
    pieces = [Line("una nota1", 72, 98, 60, 12, 10), Line("y más", 140, 100, 40, 10, 10)]
    assert [line.text for line in joined_fragments(pieces)] == ["una nota1 y más"]


def test_pieces_are_not_joined_to_a_watermark() -> None:
    pieces = [Line("a", 0, 0, 0, 18, 3), Line("b", 1, 2, 64, 71, 36)]
    assert joined_fragments(pieces) == pieces


def test_a_body_is_upright_and_knows_the_words_around() -> None:
    sideways = [Line("hacia abajo", 200, 50, 10, 100, 10), Line("y a la izquierda", 180, 50, 10, 100, 10)]
    (body,) = bodies([page_of(sideways)])
    assert body.lines[1].y > body.lines[0].y
    assert body.lines[0].width == 100
    (body,) = bodies([page_of(set_lines("el apt-pinning"))])
    assert body.wording.is_compound("apt", "pinning")


lines = st.builds(
    Line,
    st.text(min_size=1).map(str.strip).filter(bool),
    *[st.floats(-100, 1000)] * 2,
    *[st.floats(0, 1000)] * 3,
).filter(lambda line: not is_slanted(line))


@given(st.lists(lines, max_size=30))
def test_any_lines_make_text_that_holds_them(found: list[Line]) -> None:
    (page,) = with_paragraphs([PageText(1, 595, 842, joined_fragments(found))])
    letters = sorted(letter for line in found for letter in line.text if letter.isalnum())
    assert sorted(letter for letter in page.text if letter.isalnum()) == letters
