"""Rows of tables among the lines of a page."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pliego.pdf.flow import Block, Kind
from pliego.pdf.layout import bodies
from pliego.pdf.pieces import PagePieces
from pliego.pdf.tables import tables, typewritten, without_leaders
from pliego.pdf.values import Line
from tests import samples
from tests.pdf.test_text import pages_of

ROWS = [("paquete", "tamaño", "descripción"), ("mc", "1482", "Un gestor de archivos"), ("vim", "3570", "Un editor")]
PROSE = "La lluvia cae sobre el puerto viejo y los barcos se mecen despacio."


def drawn(*rows: tuple[str, ...], cell: float = 150, size: float = 10) -> bytes:
    """A page with prose, rows of cells so far apart, and prose."""
    canvas = Canvas(out := io.BytesIO(), A4)
    canvas.setFont("Times-Roman", size)
    lines = [(PROSE,), (PROSE,), *rows, (PROSE,), (PROSE,)]
    for number, row in enumerate(lines):
        for column, text in enumerate(row):
            canvas.drawString(72 + cell * column, 700 - 1.3 * size * number, text)
    canvas.save()
    return out.getvalue()


def blocks_of(data: bytes, number: int = 1) -> list[Block]:
    (body,) = bodies(pages_of(data, number, number))
    return [piece.block() for piece in PagePieces(body, (), 0).text]


def test_rows_stay_rows_in_their_order() -> None:
    (table,) = [block for block in blocks_of(drawn(*ROWS)) if block.kind is Kind.VERSE]
    assert table.text.split("\n") == [" ".join(row) for row in ROWS]


def test_a_cell_that_goes_on_stays_with_its_row() -> None:
    rows = [*ROWS[:2], ("", "", "a pantalla completa"), *ROWS[2:]]
    (table,) = [block for block in blocks_of(drawn(*rows)) if block.kind is Kind.VERSE]
    written = table.text.split("\n")
    assert written[2].strip() == "a pantalla completa"
    assert written[2].startswith("    ")
    assert written[3] == "vim 3570 Un editor"


@pytest.mark.parametrize("data", [samples.book(8), samples.paper(), samples.manual(), samples.footnoted()])
def test_prose_is_no_table(data: bytes) -> None:
    prose = [page for page in pages_of(data) if page.lines[0].text != "Contenido"]
    assert [page.number for page in prose if tables(page.lines)] == []


def test_the_lines_of_a_table_of_contents_are_rows() -> None:
    rows = [(f"{number} La lluvia {'. ' * 40}{number}",) for number in range(1, 6)]
    (table,) = [block for block in blocks_of(drawn(*rows)) if block.kind is Kind.VERSE]
    assert table.text.split("\n") == [f"{number} La lluvia … {number}" for number in range(1, 6)]


def typed(*lines: str, prose: int = 4) -> bytes:
    """A page of prose with lines in typewriter type."""
    canvas = Canvas(out := io.BytesIO(), A4)
    for number, text in enumerate([PROSE] * prose + list(lines)):
        canvas.setFont("Times-Roman" if number < prose else "Courier", 10)
        canvas.drawString(72, 700 - 13 * number, text)
    canvas.save()
    return out.getvalue()


def test_programs_keep_their_lines() -> None:
    program = ["for each in range(3):", "    print(each) and go on", "done = True and nothing"]
    (block,) = [block for block in blocks_of(typed(*program)) if block.kind is Kind.PROGRAM]
    assert block.text.split("\n") == program


def test_a_line_of_a_program_that_lost_spaces_is_one_of_its_lines() -> None:
    program = ["$ LANG=C  ls -l foo", "-rw-rw-r-- 1 penguin foo", "}"]
    (block,) = [block for block in blocks_of(typed(*program)) if block.kind is Kind.PROGRAM]
    assert block.text.split("\n") == ["$ LANG=C ls -l foo", *program[1:]]


def test_a_line_tells_the_next_one_nothing_by_the_spaces_that_it_has_lost() -> None:
    whole = Line("ls -l *.pdf  # todo", 72, 100, 114, 10, 10)
    lost = Line("-rw 1 foo", 72, 113, 120, 10, 10)  # of 20 characters
    assert typewritten([whole, lost, Line("-rw 1 otro", 72, 126, 126, 10, 10)]) == [True, True, True]
    assert typewritten([whole, lost, Line("una nota", 72, 126, 133.3, 10, 10)]) == [True, True, False]


def test_a_row_of_another_type_is_no_program() -> None:
    typed_line = Line("-rw-rw-r-- 1 penguin", 72, 100, 120, 10, 10)
    assert typewritten([typed_line, Line("una nota cualquiera", 72, 113, 87.3, 10, 10)]) == [True, False]
    assert typewritten([typed_line, Line("lejos del programa", 72, 400, 108, 10, 10)]) == [True, True]
    assert typewritten([typed_line, Line("lejos del programa", 72, 400, 120, 10, 10)]) == [True, False]


def test_a_typewritten_page_is_prose() -> None:
    lines = ["La lluvia cae sobre el puerto viejo y los barcos", "se mecen despacio mientras alguien espera a que"] * 4
    assert not any(block.kind is Kind.VERSE for block in blocks_of(typed(*lines, prose=0)))


def test_lists_are_no_tables() -> None:
    rows = [(f"{number}.", "una cosa", "otra cosa") for number in range(1, 6)]
    assert not any(block.kind is Kind.VERSE for block in blocks_of(drawn(*rows)))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Prólogo . . . . . . . . 7", "Prólogo … 7"),
        ("Prólogo........7", "Prólogo … 7"),
        ("Fin... y luego", "Fin... y luego"),
        ("1. La lluvia", "1. La lluvia"),
        ("Uno · · · · · 2", "Uno … 2"),
        ("... . . ...", "…"),
    ],
)
def test_leaders_become_one_sign(text: str, plain: str) -> None:
    assert without_leaders(text) == plain


LINES = st.builds(Line, st.text(min_size=1, max_size=30), *[st.floats(0, 600)] * 5)


@given(st.lists(LINES, max_size=30))
def test_any_lines_give_runs_in_order(lines: list[Line]) -> None:
    places = [place for run in tables(lines) for place in run]
    assert places == sorted(places)
    assert all(end - start >= 2 for start, end in tables(lines))
    assert not places or 0 <= places[0] <= places[-1] <= len(lines)
