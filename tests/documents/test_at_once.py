"""Short files are read by one child."""

from collections.abc import Generator
from typing import Any

import pytest

from pliego.documents import engines
from pliego.documents.at_once import MOST_PAGES, read_at_once
from pliego.documents.claims import claim
from pliego.documents.engines import derived, sidecar
from pliego.documents.intake import Arrival, receive
from pliego.documents.models import File, State
from pliego.documents.outlines import outline
from pliego.documents.reading import FIRST_WIDTH, picture
from pliego.errors import UnreadablePdf
from pliego.pdf.reader import Reader
from tests import samples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


class Remembering(Reader):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__(engines.reader().socket)
        self.asked: list[str] = []

    def ask(self, task: str, *rest: Any, **more: Any) -> Generator[Any]:
        self.asked.append(task)
        return super().ask(task, *rest, **more)


def read(pdf: bytes) -> tuple[File, bool, list[str]]:
    """The file, whether all of it was read, and the children that it took."""
    file = receive([pdf], Arrival("x.pdf")).document.file
    held = claim(file.sha256)
    assert held
    reader = Remembering()
    whole = read_at_once(file, held, reader)
    file.refresh_from_db()
    return file, whole, reader.asked


def test_a_book_takes_one_child() -> None:
    file, whole, asked = read(samples.book(70))
    assert (whole, asked) == (True, ["whole"])
    assert (file.facts_state, file.pictures_state, file.text_state) == (State.DONE,) * 3
    assert (file.pages, file.pages_read, file.language) == (70, 70, "es")
    assert sidecar(file.sha256).complete(70)
    assert [entry.page for entry in outline(file)] == [1, 13, 25, 37, 49, 61]
    assert any(name.startswith("finding") for name in derived().names(file.sha256))
    assert picture(file, 1, FIRST_WIDTH)[8:12] == b"WEBP"


def test_scans_wait_to_be_recognised() -> None:
    file, _, _ = read(samples.scan(2))
    assert (file.scanned, file.ocr_state) == ([[1, 2]], State.PENDING)


def test_a_lost_page_is_told() -> None:
    file, whole, _ = read(samples.lost_page())
    assert whole
    assert file.text_state == State.PARTIAL


def test_a_long_file_is_left_to_the_steps_after_its_first_picture() -> None:
    file, whole, _ = read(samples.many_pages(MOST_PAGES + 1))
    assert not whole
    assert (file.facts_state, file.pictures_state, file.text_state) == (State.DONE, State.DONE, State.PENDING)


def test_what_ends_the_reader_within_the_text_is_left_to_the_steps() -> None:
    file, whole, _ = read(samples.content_bomb())
    assert not whole
    assert (file.facts_state, file.text_state) == (State.DONE, State.PENDING)


def test_a_damaged_file_is_left_to_be_repaired() -> None:
    file, whole, _ = read(samples.truncated())
    assert not whole
    assert file.facts_state == State.PENDING


def test_why_nothing_can_be_read_is_told() -> None:
    with pytest.raises(UnreadablePdf):
        read(samples.headless())
