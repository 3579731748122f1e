"""Reading text over pages."""

from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.flow import Block, Kind, NoteRef
from pliego.pdf.layout import bodies
from pliego.pdf.reflow import reflow
from pliego.pdf.values import Line, OutlineEntry, PageText
from tests import samples
from tests.pdf.lines import FULL, PART, page_of, set_lines
from tests.pdf.test_text import pages_of


def blocks(pages: list[PageText], *outline: OutlineEntry) -> list[Block]:
    return list(reflow(bodies(pages), outline))


def test_a_paragraph_goes_on_over_pages() -> None:
    pages = [page_of(set_lines(PART), 1), page_of(set_lines(PART), 2), page_of(set_lines(FULL, top=300), 3)]
    (block,) = blocks(pages)
    assert block.text == f"{PART} {PART} {FULL}"
    assert (block.page, block.breaks) == (1, [(len(PART) + 1, 2), (2 * len(PART) + 2, 3)])


def test_a_word_broken_at_the_end_of_a_page_is_joined() -> None:
    first, second = blocks([page_of(set_lines(f"{PART} y se que-"), 1), page_of(set_lines("bró entera."), 2)]), PART
    assert [block.text for block in first] == [f"{second} y se quebró entera."]
    assert first[0].text[first[0].breaks[0][0] :] == "bró entera."


def test_notes_come_after_the_paragraph_of_their_mark() -> None:
    found = blocks(pages_of(samples.footnoted()))
    assert [block.kind for block in found][-4:] == [Kind.ITEM, Kind.PARAGRAPH, Kind.FOOTNOTE, Kind.FOOTNOTE]
    marked = next(block for block in found if block.note_refs)
    assert marked.note_refs == [NoteRef(72, "1", "n1-1"), NoteRef(135, "2", "n1-2")]
    assert [(block.id, block.mark, block.text) for block in found[-2:]] == [
        ("n1-1", "1", "Nota 1 al pie de la página."),
        ("n1-2", "2", "Nota 2 al pie de la página."),
    ]
    assert found[-3].breaks


def test_a_note_on_the_second_page_of_a_paragraph_is_linked() -> None:
    note = Line("1 Una nota", 72, 750, 50, 8, 8)
    second = [*set_lines("y sigue aquí con palabra1 hasta", *[PART] * 6, FULL), note]
    found = blocks([page_of(set_lines(PART), 1), page_of(second, 2)])
    (ref,) = found[0].note_refs
    assert found[0].text[ref.at - 7 : ref.at + 1] == "palabra1"


def test_the_level_of_headings_follows_the_section_before() -> None:
    heading = Line("Un apartado", 72, 100, 120, 14, 14)
    pages = [page_of([heading, *set_lines(*[PART] * 8, FULL, top=300)], 9)]
    found = blocks(pages, OutlineEntry("Antes", 2, 3), OutlineEntry("Después", 5, 12))
    assert (found[0].kind, found[0].level) == (Kind.HEADING, 3)


def test_a_book_reads_as_chapters_and_paragraphs() -> None:
    outline = [OutlineEntry("Capítulo 1", 1, 1), OutlineEntry("Capítulo 2", 1, 13)]
    found = blocks(pages_of(samples.book(14)), *outline)
    assert [block.text for block in found if block.kind is Kind.HEADING] == ["Capítulo 1", "Capítulo 2"]
    assert len(found) == 2 + 14 * 4


lines = st.builds(
    Line,
    st.text(st.characters(codec="utf-8"), min_size=1).map(str.strip).filter(bool),
    st.floats(-100, 700),
    st.floats(-100, 900),
    *[st.floats(0, 500)] * 2,
    st.floats(0, 40),
)


@given(st.lists(st.lists(lines, max_size=12), max_size=4))
def test_any_pages_give_blocks_in_order_that_name_themselves(pages: list[list[Line]]) -> None:
    found = blocks([page_of(each, number) for number, each in enumerate(pages, 1)])
    assert len({block.id for block in found}) == len(found)
    assert [block.page for block in found] == sorted(block.page for block in found)
    assert all(0 <= place <= len(block.text) for block in found for place, _ in block.breaks)
    assert all(block.text.startswith(ref.mark, ref.at) for block in found for ref in block.note_refs)
