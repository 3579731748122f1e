"""Excerpts."""

import io
import os

import pikepdf
import pytest

from pliego.errors import NotFound
from pliego.pdf.excerpt import write_excerpt
from pliego.pdf.text import read_pages
from tests import samples
from tests.pdf.opened import opened


def excerpt_of(data: bytes, first: int, last: int) -> bytes:
    target = os.memfd_create("excerpt")
    try:
        with opened(data) as source:
            write_excerpt(source, first, last, target)
        return os.pread(target, os.fstat(target).st_size, 0)
    finally:
        os.close(target)


def test_the_pages_are_those_asked_for() -> None:
    data = samples.book(24)
    with opened(excerpt_of(data, 13, 14)) as source, opened(data) as original:
        taken, given = list(read_pages(source, 1, 2)), list(read_pages(original, 13, 14))
    assert [page.lines for page in taken] == [page.lines for page in given]


def test_it_holds_nothing_else() -> None:
    with pikepdf.open(io.BytesIO(excerpt_of(samples.active("javascript"), 1, 1))) as pdf:
        assert len(pdf.pages) == 1
        assert "/OpenAction" not in pdf.Root
        assert "/Names" not in pdf.Root


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 1), (3, 5), (5, 5)])
def test_pages_that_are_not_there(first: int, last: int) -> None:
    with pytest.raises(NotFound):
        excerpt_of(samples.book(4), first, last)
