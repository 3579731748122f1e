"""One parser process for all tests of this room that need one, with hostile tasks among its own."""

from collections.abc import Iterator

import pytest

from pliego.pdf.reader import PrivateParser, Reader


@pytest.fixture(scope="session")
def parser() -> Iterator[PrivateParser]:
    private = PrivateParser("tests.pdf.hostile_tasks")
    with private:
        yield private


@pytest.fixture(scope="session")
def reader(parser: PrivateParser) -> Reader:
    return parser.reader
