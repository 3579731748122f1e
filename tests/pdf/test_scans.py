"""Telling scans, and giving them to be recognised."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from pliego.errors import NotFound
from pliego.pdf.reader import Reader
from pliego.pdf.scans import MAX_SCAN_SIDE, draw_scan, lean, scanned_pages
from tests import samples
from tests.pdf.opened import opened


def scanned(data: bytes, numbers: Sequence[int] = (1, 2)) -> list[int]:
    with opened(data) as source:
        return list(scanned_pages(source, numbers))


def scan(data: bytes, number: int = 1) -> bytes:
    with opened(data) as source:
        return draw_scan(source, number)[0]


def test_pages_that_are_pictures() -> None:
    assert scanned(samples.scan(2)) == [1, 2]
    assert scanned(samples.scan(2), [2, 9]) == [2]


@pytest.mark.parametrize("data", [samples.leaflet(), samples.slides(2), samples.giant_page()])
def test_other_pages(data: bytes) -> None:
    assert scanned(data) == []


def test_a_scan_is_a_grey_picture_of_300_dots_an_inch() -> None:
    kind, width, height, _ = scan(samples.leaflet())[:32].split(maxsplit=3)
    assert (kind, int(width), int(height)) == (b"P5", round(595.28 / 72 * 300), round(841.89 / 72 * 300))


def grey(data: bytes, number: int = 1) -> Image.Image:
    return Image.open(io.BytesIO(scan(data, number)))


@pytest.mark.parametrize(
    "data", [samples.book(2), samples.paper(), samples.leaflet()], ids=["book", "paper", "leaflet"]
)
@pytest.mark.parametrize("turn", [-7.5, -2.0, 0.5, 3.0])
def test_a_crooked_page_is_told_by_its_lines(data: bytes, turn: float) -> None:
    page = grey(data)
    assert lean(page) == 0
    assert lean(page.rotate(-turn, Image.Resampling.BICUBIC, fillcolor="white")) == pytest.approx(turn, abs=0.1)


PAGES = [Image.new("L", (800, 999), 255), Image.new("L", (800, 999)), Image.new("L", (9, 1), 255)]


@pytest.mark.parametrize("page", [*PAGES, Image.effect_noise((800, 999), 90)], ids=range(4))
def test_pictures_of_no_words_do_not_lean(page: Image.Image) -> None:
    assert lean(page) == 0


def test_a_crooked_scan_is_drawn_level() -> None:
    page = grey(samples.leaflet()).rotate(-2, Image.Resampling.BICUBIC, fillcolor="white")
    page.save(out := io.BytesIO(), "PDF", resolution=300)
    with opened(out.getvalue()) as source:
        picture, turn = draw_scan(source, 1, straighten=True)
    assert turn == pytest.approx(2, abs=0.1)
    assert lean(Image.open(io.BytesIO(picture))) == 0


def test_no_scan_is_larger_than_the_limit() -> None:
    _, width, height, _ = scan(samples.giant_page())[:32].split(maxsplit=3)
    assert max(int(width), int(height)) <= MAX_SCAN_SIDE


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        scan(samples.leaflet(), 9)


def test_the_confined_reader_does_both(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(samples.scan(2))
    assert reader.scanned_pages(tmp_path / "x.pdf", [1, 2]) == [1, 2]
    assert reader.scan(tmp_path / "x.pdf", 1)[0].startswith(b"P5 ")
