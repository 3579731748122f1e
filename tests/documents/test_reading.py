import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pliego.documents import reading
from pliego.documents.engines import blobs, pictures
from pliego.documents.models import File
from pliego.documents.removal import remove
from pliego.errors import BadRequest, NotFound, ReaderBusy, UnreadablePdf
from pliego.pdf.reader import PrivateParser
from tests import samples
from tests.people import Shared, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


@pytest.fixture
def book() -> Shared:
    return share("lectura", pdf=samples.book(3))


def test_pages_have_their_text(book: Shared) -> None:
    text = reading.page_text(book.document.file, 2)
    assert text
    assert text.lines
    assert [page.number for page in reading.page_texts(book.document.file, 1, 99)] == [1, 2, 3]


def test_a_picture_is_drawn_once(book: Shared) -> None:
    first = reading.picture(book.document.file, 3, 200)
    blobs().path(book.document.file_id).rename(moved := blobs().root / "moved")
    try:
        assert reading.picture(book.document.file, 3, 200) == first
    finally:
        moved.rename(blobs().path(book.document.file_id))


@pytest.mark.parametrize("number", [0, 4, -1, 999_999])
def test_a_page_that_is_not_there(book: Shared, number: int) -> None:
    with pytest.raises(NotFound):
        reading.picture(book.document.file, number, 200)


@pytest.mark.parametrize("width", [0, 201, 10**9])
def test_a_width_that_is_not_offered(book: Shared, width: int) -> None:
    with pytest.raises(BadRequest):
        reading.picture(book.document.file, 1, width)


def test_a_page_that_cannot_be_drawn_is_tried_once() -> None:
    file = share("bomba", pdf=samples.content_bomb(1900)).document.file
    for _ in range(2):
        with pytest.raises(UnreadablePdf):
            reading.picture(file, 1, reading.WIDTHS[2])
    assert pictures().get(file.sha256, f"{reading.PICTURE_VERSION}-1-{reading.WIDTHS[2]}") == b""


def test_a_picture_of_what_was_deleted_meanwhile_is_not_kept(book: Shared) -> None:
    file = File.objects.get()
    bytes_kept = blobs().path(file.sha256).read_bytes()
    remove(book.document)
    with pytest.raises(NotFound):
        reading.picture(file, 2, 200)
    blobs().path(file.sha256).write_bytes(bytes_kept)
    with pytest.raises(NotFound):
        reading.picture(file, 2, 200)
    assert not list(pictures().root.glob(f"*/{file.sha256}*"))


def test_a_killed_parser_marks_no_page_as_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    file = share("matado", pdf=samples.form_bomb(29), read=False).document.file
    parser = PrivateParser()
    with parser as client:
        monkeypatch.setattr(reading, "reader", lambda: client)
        children = Path(f"/proc/{parser.process.pid}/task/{parser.process.pid}/children")

        def kill() -> None:
            while not children.read_text():
                time.sleep(0.001)
            parser.process.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        with pytest.raises(ReaderBusy):
            reading.picture(file, 1, 400)
        killer.join()
    assert pictures().get(file.sha256, f"{reading.PICTURE_VERSION}-1-400") is None


def test_words_are_measured_once(book: Shared) -> None:
    file = book.document.file
    text = reading.page_text(file, 2)
    assert text
    places = reading.word_places(file, text)
    assert [sum(extent[0] for extent in line) for line in places] == [
        len("".join(line.text.split())) for line in text.lines
    ]
    blobs().path(file.sha256).rename(moved := blobs().root / "moved")
    try:
        assert json.loads(json.dumps(places)) == reading.word_places(file, text)
    finally:
        moved.rename(blobs().path(file.sha256))


def test_places_of_other_words_are_not_believed(book: Shared) -> None:
    file = book.document.file
    text = reading.page_text(file, 3)
    assert text
    assert reading.word_places(file, replace(text, lines=text.lines[1:])) == []
    swapped = replace(text, lines=[text.lines[0]._replace(text="otra"), *text.lines[1:]])
    first, *rest = reading.word_places(file, swapped)
    assert first == []
    assert all(rest)
