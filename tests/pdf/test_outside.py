"""Tools that let a program of others work first."""

import os
from pathlib import Path

import pytest

from pliego.errors import NeedsPassword, ProgramMissing
from pliego.pdf import outside, programs, recognition
from pliego.pdf.catalogue import operations
from pliego.pdf.errand import Errand
from pliego.pdf.reader import Reader
from pliego.pdf.report import Progress, Report, Step
from tests import samples
from tests.pdf.operations.tried import words

needs_tesseract = pytest.mark.skipif(not recognition.installed(), reason="Tesseract is not installed")


def done(reader: Reader, folder: Path, errand: Errand, tell: object = lambda _: None) -> tuple[bytes, Report]:
    output = os.open(folder / "out", os.O_RDWR | os.O_CREAT)
    try:
        report = outside.run(reader, errand, output, tell, folder)  # type: ignore[arg-type]
        return os.pread(output, os.fstat(output).st_size, 0), report
    finally:
        os.close(output)


def given(folder: Path, content: bytes, name: str = "in.pdf") -> list[Path]:
    (folder / name).write_bytes(content)
    return [folder / name]


def test_each_tool_with_a_program_has_work_for_it() -> None:
    assert {name for name, told in operations().items() if told.program} == set(outside.PREPARATIONS)
    assert {told.program for told in operations().values()} - {""} == set(programs.PROGRAMS)


def test_most_tools_need_no_program(reader: Reader, tmp_path: Path) -> None:
    errand = Errand.of("rotate", given(tmp_path, samples.book(2)))
    assert done(reader, tmp_path, errand)[1].pages == 2


def test_a_program_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "where", lambda _: "")
    with pytest.raises(ProgramMissing, match=r"Tesseract.*apt-get install tesseract-ocr"):
        Errand.of("ocr", given(tmp_path, samples.scan(1)))


@needs_tesseract
def test_a_scan_becomes_searchable(reader: Reader, tmp_path: Path) -> None:
    heard: list[Progress | None] = []
    scan = samples.scanned_text(2)
    data, report = done(reader, tmp_path, Errand.of("ocr", given(tmp_path, scan), {"language": "es"}), heard.append)
    assert words(data)[1].startswith("Capítulo")
    assert (report.pages, report.size_before) == (2, len(scan))
    percents = [said.percent for said in heard if said]
    assert percents == sorted(percents)
    assert {said.step for said in heard if said} >= {Step.RECOGNISE, Step.WRITE}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.pdf", "out"]


@needs_tesseract
def test_pages_with_words_are_left_alone(reader: Reader, tmp_path: Path) -> None:
    book = samples.book(3)
    data, report = done(reader, tmp_path, Errand.of("ocr", given(tmp_path, book)))
    assert (data, report.unchanged) == (book, True)


@needs_tesseract
def test_a_protected_scan_asks_for_its_password(reader: Reader, tmp_path: Path) -> None:
    files = given(tmp_path, samples.encrypted("secreto"))
    with pytest.raises(NeedsPassword):
        done(reader, tmp_path, Errand.of("ocr", files))
    assert done(reader, tmp_path, Errand.of("ocr", files, passwords=["secreto"]))[1].pages


@needs_tesseract
def test_it_can_be_stopped(reader: Reader, tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def stop(said: Progress | None) -> None:
        if said is None:
            raise Enough

    with pytest.raises(Enough):
        done(reader, tmp_path, Errand.of("ocr", given(tmp_path, samples.scanned_text(1))), stop)
