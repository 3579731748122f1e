import io
import zipfile

import pikepdf
import pytest

from pliego.pdf.refusals import NoSuchPage
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import Tried, titles, tried, words
from tests.samples import book

SAMPLE = sample_pdf(5)


def parts(result: Tried) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(result.data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def pages(result: Tried) -> list[str]:
    return ["".join(text.split("page ")[1][0] for text in words(part)) for part in parts(result).values()]


def test_every_so_many_pages() -> None:
    result = tried("split", SAMPLE, every=2, names=["../mi libro.pdf"])
    assert pages(result) == ["12", "34", "5"]
    assert list(parts(result)) == ["mi libro 1.pdf", "mi libro 2.pdf", "mi libro 3.pdf"]


def test_by_ranges() -> None:
    assert pages(tried("split", SAMPLE, by="ranges", ranges="1-2, 5-4, 3")) == ["12", "54", "3"]
    with pytest.raises(NoSuchPage):
        tried("split", SAMPLE, by="ranges", ranges="4-6")


def test_at_the_bookmarks() -> None:
    result = tried("split", SAMPLE, by="bookmarks", level=2)
    assert pages(result) == ["1234", "5"]
    assert list(parts(result)) == ["input 1 1 First.pdf", "input 1 2 Last.pdf"]
    assert pages(tried("split", SAMPLE, by="bookmarks")) == ["12345"]


def test_by_size_each_part_is_as_large_as_may_be() -> None:
    most = 0.02
    made = list(parts(tried("split", book(40), by="size", megabytes=most)).values())
    assert all(len(part) <= most * 1e6 for part in made)
    assert len(made) < 10


def test_pages_too_large_are_parts_of_their_own_and_told() -> None:
    result = tried("split", SAMPLE, by="size", megabytes=0.01)
    assert pages(result) == list("12345") or result.notes == {"parts"}


def test_a_part_has_the_bookmarks_of_its_pages() -> None:
    first, *_ = parts(tried("split", SAMPLE, every=3)).values()
    assert titles(pikepdf.open(io.BytesIO(first))) == [("First", 1, [])]
