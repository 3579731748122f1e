"""One page of reading text."""

import pytest

from pliego.pdf.flow import Block, Kind
from pliego.pdf.layout import bodies
from pliego.pdf.pieces import PagePieces
from pliego.pdf.values import Line, OutlineEntry
from tests import samples
from tests.pdf.lines import FULL, PART, page_of, set_lines
from tests.pdf.test_text import pages_of

PROSE = set_lines(*[PART] * 8, FULL, top=300)


def pieces(lines: list[Line], *entries: OutlineEntry, level: int = 0) -> list[Block]:
    (body,) = bodies([page_of(lines)])
    return [piece.block() for piece in PagePieces(body, entries, level).text]


def kinds(lines: list[Line], *entries: OutlineEntry) -> list[tuple[Kind, int]]:
    return [(block.kind, block.level) for block in pieces(lines, *entries)]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (["La lluvia"], "La lluvia"),
        (["La Lluvia"], "2.1 LA LLUVIA"),
        (["2.1 La lluvia"], "La lluvia"),
        (["Capítulo 2", "La lluvia"], "2 La lluvia"),
        (["La lluvia sobre", "el puerto"], "La lluvia sobre el puerto"),
    ],
)
def test_titles_of_the_outline_are_headings(written: list[str], title: str) -> None:
    first, *_ = pieces([*set_lines(*written), *PROSE], OutlineEntry(title, 2, 1))
    assert (first.kind, first.level) == (Kind.HEADING, 2)
    assert first.text in (" ".join(written), written[0])


def test_of_equal_lines_the_one_at_the_place_of_the_bookmark_is_the_heading() -> None:
    lines = [*set_lines("Lluvia"), *PROSE, *set_lines("Lluvia", top=500)]
    found = pieces(lines, OutlineEntry("Lluvia", 1, 1, 495.0))
    assert [block.kind for block in found].index(Kind.HEADING) == len(found) - 1


def test_larger_type_is_a_heading_below_the_section() -> None:
    large = Line("Un apartado", 72, 100, 120, 14, 14)
    (heading, *_) = pieces([large, *PROSE], level=2)
    assert (heading.kind, heading.level) == (Kind.HEADING, 3)


def test_a_page_with_few_words_has_no_usual_size() -> None:
    assert kinds([Line("Grande", 72, 100, 120, 14, 14), *set_lines("Pequeño", top=300)])[0] == (Kind.PARAGRAPH, 0)


def test_single_lines_on_purpose_are_verse() -> None:
    verse = set_lines("Verde que te", "quiero verde", "verde viento", "verdes ramas", top=100, indent={1: 15})
    (first, *_) = pieces([*verse, *PROSE])
    assert first.kind is Kind.VERSE
    assert first.text.split("\n")[1].strip() == "quiero verde"


def test_what_people_say_is_no_verse() -> None:
    talk = set_lines("—Buenos días.", "—¿Qué tal?", "—Muy bien.", "—Adiós.", top=100)
    assert kinds([*talk, *PROSE])[:4] == [(Kind.PARAGRAPH, 0)] * 4


def test_items_lose_their_marks() -> None:
    found = pieces([*set_lines("• una cosa", "• otra"), *PROSE])
    assert [(block.mark, block.text) for block in found[:2]] == [("•", "una cosa"), ("•", "otra")]


def test_two_columns_are_read_one_after_the_other() -> None:
    (body,) = bodies(pages_of(samples.paper(mixed=True)))
    found = [piece.block() for piece in PagePieces(body, (), 0).text]
    assert [(block.kind, block.text.split()[0]) for block in found] == [
        (Kind.HEADING, "Sobre"),
        (Kind.PARAGRAPH, "Uno"),
        (Kind.PARAGRAPH, "Dos"),
    ]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_reads_as_if_it_were_not(degrees: int) -> None:
    (upright,), (turned,) = bodies(pages_of(samples.leaflet())), bodies(pages_of(samples.rotated(degrees)))
    texts = [[(piece.kind, piece.text) for piece in PagePieces(body, (), 0).text] for body in (upright, turned)]
    assert texts[0] == texts[1]


def test_an_empty_page() -> None:
    assert pieces([]) == []
