"""All of a file from one child."""

from pathlib import Path

import pytest

from pliego.errors import ReaderStopped
from pliego.pdf.outline import read_outline
from pliego.pdf.reader import Reader
from pliego.pdf.text import read_pages
from pliego.pdf.values import PageText, PdfFacts, Remarks
from pliego.pdf.whole import read_whole
from tests import samples
from tests.pdf.opened import opened


def told_of(data: bytes, most: int = 100) -> list[PdfFacts | bytes | list[PageText] | Remarks]:
    with opened(data) as source:
        told = read_whole(source, 200, most)
        return [each if isinstance(each, (PdfFacts, bytes, Remarks)) else list(each) for each in told]


def test_everything_in_the_order_in_which_people_wait_for_it() -> None:
    facts, picture, pages, remarks = told_of(samples.book(30))
    assert isinstance(facts, PdfFacts)
    assert isinstance(picture, bytes)
    assert picture[8:12] == b"WEBP"
    assert isinstance(remarks, Remarks)
    with opened(samples.book(30)) as source:
        assert pages == list(read_pages(source, 1, 30))
        assert remarks == Remarks(title="", language="es", scanned=[], outline=read_outline(source))


def test_a_title_is_guessed_where_the_file_has_none() -> None:
    *_, remarks = told_of(samples.leaflet())
    assert isinstance(remarks, Remarks)
    assert remarks.title == "Feria del libro"


def test_scans_are_told() -> None:
    *_, remarks = told_of(samples.scan(2))
    assert isinstance(remarks, Remarks)
    assert (remarks.scanned, remarks.language) == ([1, 2], "")


def test_a_long_file_is_only_begun() -> None:
    assert len(told_of(samples.book(30), most=29)) == 2


def test_a_damaged_file_is_to_be_repaired_first() -> None:
    (facts,) = told_of(samples.truncated())
    assert isinstance(facts, PdfFacts)
    assert facts.repaired


def test_through_the_sandbox(reader: Reader, tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(samples.book(30))
    whole = reader.whole(file, 200, 100)
    assert whole.facts().pages == 30
    assert whole.picture()[8:12] == b"WEBP"
    assert [page.number for page in whole.pages(30)] == list(range(1, 31))
    assert whole.remarks().language == "es"
    with pytest.raises(ReaderStopped):
        whole.remarks()
    whole.close()
