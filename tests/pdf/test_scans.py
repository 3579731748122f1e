"""Telling scans, and giving them to be recognised."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pliego.errors import NotFound
from pliego.pdf.reader import Reader
from pliego.pdf.scans import MAX_SCAN_SIDE, draw_scan, scanned_pages
from tests import samples
from tests.pdf.opened import opened


def scanned(data: bytes, numbers: Sequence[int] = (1, 2)) -> list[int]:
    with opened(data) as source:
        return list(scanned_pages(source, numbers))


def scan(data: bytes, number: int = 1) -> bytes:
    with opened(data) as source:
        return draw_scan(source, number)


def test_pages_that_are_pictures() -> None:
    assert scanned(samples.scan(2)) == [1, 2]
    assert scanned(samples.scan(2), [2, 9]) == [2]


@pytest.mark.parametrize("data", [samples.leaflet(), samples.slides(2), samples.giant_page()])
def test_other_pages(data: bytes) -> None:
    assert scanned(data) == []


def test_a_scan_is_a_grey_picture_of_300_dots_an_inch() -> None:
    kind, width, height, _ = scan(samples.leaflet())[:32].split(maxsplit=3)
    assert (kind, int(width), int(height)) == (b"P5", round(595.28 / 72 * 300), round(841.89 / 72 * 300))


def test_no_scan_is_larger_than_the_limit() -> None:
    _, width, height, _ = scan(samples.giant_page())[:32].split(maxsplit=3)
    assert max(int(width), int(height)) <= MAX_SCAN_SIDE


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        scan(samples.leaflet(), 9)


def test_the_confined_reader_does_both(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(samples.scan(2))
    assert reader.scanned_pages(tmp_path / "x.pdf", [1, 2]) == [1, 2]
    assert reader.scan(tmp_path / "x.pdf", 1).startswith(b"P5 ")
