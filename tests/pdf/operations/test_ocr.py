"""Words laid on a scan."""

import io
import json
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from pliego.pdf.recognised import RecognisedLine
from pliego.pdf.text import read_pages
from pliego.pdf.words import read_words
from tests import samples
from tests.pdf.opened import opened
from tests.pdf.operations.tried import Tried, assert_sound, pictures, same_pages, tried, words

LINE = RecognisedLine(100.0, 20.0, [("Año", 72.0, 30.0), ("Ἀθήνα", 110.0, 60.0)])


def laid(
    data: bytes, *, bare: bool = True, line: RecognisedLine = LINE, number: int = 1, turn: float = 0, **options: Any
) -> Tried:
    told = [[number, bare, [[line.y, line.height, line.words]], turn]]
    return tried("ocr", data, brought={"words": json.dumps(told).encode()}, **options)


def test_words_lie_unseen_where_they_were_recognised() -> None:
    scan = samples.scan(2)
    result = laid(scan, number=2)
    assert_sound(result.data)
    assert same_pages(pictures(scan), pictures(result.data))
    assert words(result.data) == ["", "Año Ἀθήνα"]
    assert result.notes == {"recognised"}
    with opened(result.data) as source:
        (page,) = read_pages(source, 2, 2)
        (places,) = read_words(source, 2)
    assert (page.lines[0].text, page.lines[0].y, page.lines[0].height) == ("Año Ἀθήνα", 100, 20)
    assert places == [(3, 72, 100, 30, 20), (5, 110, 100, 60, 20)]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_crooked_page_is_turned_and_its_words_are_not(rotation: int) -> None:
    with pikepdf.open(io.BytesIO(samples.scan(1))) as pdf:
        pdf.pages[0].rotate(rotation, relative=False)
        pdf.save(out := io.BytesIO())
    scan = out.getvalue()
    result = laid(scan, turn=5)
    assert result.notes == {"recognised", "straightened"}
    (before,), (after,) = pictures(scan), pictures(result.data)
    expected = before.rotate(5, Image.Resampling.BICUBIC, fillcolor="white")
    assert unlike(after, expected) < unlike(after, before)
    assert unlike(after, expected) < unlike(after, before.rotate(-5, Image.Resampling.BICUBIC, fillcolor="white"))
    with opened(result.data) as source:
        (page,) = read_pages(source, 1, 1)
    assert (page.lines[0].x, page.lines[0].y) == (72, 100)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart in their middle, of 255."""
    width, height = one.size
    middle = (width // 4, height // 4, 3 * width // 4, 3 * height // 4)
    difference = ImageChops.difference(one.convert("L").crop(middle), other.convert("L").crop(middle))
    return ImageStat.Stat(difference).mean[0]


def test_the_picture_is_kept_byte_for_byte() -> None:
    def drawn(data: bytes) -> list[bytes]:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
            return [thing.read_raw_bytes() for thing in streams if thing.get("/Subtype") == "/Image"]

    scan = samples.scan(1)
    assert drawn(laid(scan).data) == drawn(scan)


def test_words_of_a_turned_page_lie_as_it_is_shown() -> None:
    with pikepdf.open(io.BytesIO(samples.scan(1))) as pdf:
        pdf.pages[0].rotate(90, relative=False)
        out = io.BytesIO()
        pdf.save(out)
    with opened(laid(out.getvalue()).data) as source:
        (page,) = read_pages(source, 1, 1)
    assert (page.lines[0].x, page.lines[0].y) == (72, 100)


def test_once_more_replaces_unseen_words_and_leaves_seen_ones_alone() -> None:
    scanned = laid(samples.scan(1)).data
    better = RecognisedLine(100.0, 20.0, [("Mejor", 72.0, 60.0)])
    assert words(laid(scanned, bare=False, line=better, redo=True).data) == ["Mejor"]
    assert laid(scanned, bare=False, line=better).data == scanned
    book = samples.book(2)
    assert laid(book, bare=False, line=better, redo=True).data == book


def test_without_pages_to_recognise_it_is_the_file_as_it_was() -> None:
    result = tried("ocr", samples.book(2))
    assert (result.report.unchanged, result.notes) == (True, {"none"})
