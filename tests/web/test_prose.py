"""The reading text as templates draw it."""

import pytest
from django.test import Client

from pliego.pdf.flow import Block, Kind, NoteRef
from pliego.web import prose
from pliego.web.prose import Part, Piece
from tests import samples
from tests.people import Shared, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


@pytest.fixture
def book() -> Shared:
    return share("texto", pdf=samples.book(45))


def parts(book: Shared, *blocks: Block, first: int = 1) -> list[Part]:
    return list(prose.parts(book.document, list(blocks), first))


def flat(pieces: list[Piece]) -> list[str | int]:
    return [piece.page or (f"[{piece.text}]" if piece.note else piece.text) for piece in pieces]


def test_pages_are_marked_where_they_begin(book: Shared) -> None:
    block = Block(Kind.PARAGRAPH, "one two three", 4, "a", breaks=[(8, 5)])
    assert flat(parts(book, block, first=4)[0].pieces) == [4, "one two ", 5, "three"]


def test_pages_without_words_are_marked_with_the_next_words(book: Shared) -> None:
    [_, second] = parts(book, Block(Kind.PARAGRAPH, "x", 1, "a"), Block(Kind.PARAGRAPH, "y", 3, "b"))
    assert flat(second.pieces) == [2, 3, "y"]


def test_notes_are_linked_both_ways(book: Shared) -> None:
    text = Block(Kind.PARAGRAPH, "word1 again1", 1, "a", note_refs=[NoteRef(4, "1", "n"), NoteRef(11, "1", "n")])
    [body, _] = parts(book, text, Block(Kind.FOOTNOTE, "the note", 1, "n", mark="1"))
    assert flat(body.pieces) == [1, "word", "[1]", " again", "[1]", ""]
    assert [piece.back for piece in body.pieces if piece.note] == [True, False]


def test_a_note_on_another_stretch_is_no_link(book: Shared) -> None:
    [body] = parts(book, Block(Kind.PARAGRAPH, "word1", 1, "a", note_refs=[NoteRef(4, "1", "n")]))
    assert flat(body.pieces) == [1, "word", "1", ""]


def test_headings_never_jump_a_level(book: Shared) -> None:
    blocks = [Block(Kind.HEADING, "x", 1, str(place), level) for place, level in enumerate([3, 1, 4, 2])]
    assert [part.level for part in parts(book, *blocks)] == [2, 2, 3, 3]


def test_stretches_are_fixed(book: Shared) -> None:
    asked = [prose.stretch_at(book.document, number) for number in (1, 20, 21, 45)]
    assert [(stretch.first, stretch.last) for stretch in asked] == [(1, 20), (1, 20), (21, 40), (41, 45)]


def test_the_page_of_the_text(book: Shared) -> None:
    page = Client().get(f"{book.document.get_absolute_url()}text?from=25").content.decode()
    assert 'id="page-21"' in page
    assert 'id="page-41"' not in page
    assert 'rel="next"' in page


@pytest.mark.parametrize(("asked", "status"), [("0", 400), ("x", 400), ("46", 404), ("45", 200)])
def test_pages_that_are_not_there(book: Shared, asked: str, status: int) -> None:
    assert Client().get(f"{book.document.get_absolute_url()}text?from={asked}").status_code == status
