"""The text of a document's pages, kept beside its blob in chunks of 64 pages.

A chunk is a ZIP file, ``text-<version>/<first page>.zip``. Its members, named by their first and last page, hold some
pages each: a line for each, its number and its JSON. Reading a page inflates one member and parses one line, so page
7,000 costs what page 1 costs. A chunk that is torn is removed and counts as never written.
"""

import io
import json
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import BinaryIO, TypeVar

from pliego.pdf.values import PageText
from pliego.storage.derived import Derived
from pliego.storage.packed import members

T = TypeVar("T")

CHUNK_PAGES = 64

_MEMBER = 16 * 1024
"""Bytes of text after which a member is full: small enough to be inflated for one page."""
_LEVEL = 2
"""Deflate effort: level 6 takes twice the time for 8 % less."""
_TORN = (zlib.error, EOFError, KeyError, TypeError, ValueError, AttributeError, OverflowError)
_PARAGRAPHS = b',"paragraphs":'
_DECODER = json.JSONDecoder()


def first_of(number: int) -> int:
    """The first page of the chunk that holds a page."""
    return (number - 1) // CHUNK_PAGES * CHUNK_PAGES + 1


class TextSidecar:
    """The pages of one blob as one version of the text reader saw them. Pages are numbered from 1."""

    def __init__(self, derived: Derived, key: str, version: str) -> None:
        self._derived = derived
        self._key = key
        self._folder = f"text-{version}"

    def write_chunk(self, first: int, pages: Iterable[PageText]) -> None:
        """Save pages ``first`` to ``first + 63`` (fewer at the end) at once; ``first`` is 1, 65, 129, …"""
        if first != first_of(first):
            raise ValueError(f"no chunk begins with page {first}")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, lines in _members(first, pages):
                archive.writestr(zipfile.ZipInfo(name), lines, zipfile.ZIP_DEFLATED, _LEVEL)
        self._derived.write(self._key, self._name(first), buffer.getvalue())

    def page(self, number: int) -> PageText | None:
        """None when the page is not there (yet)."""
        return next(self.pages(number, number), None)

    def pages(self, first: int, last: int) -> Iterator[PageText]:
        """The pages from ``first`` to ``last`` that are there, in order. Holds one chunk at a time."""
        for start in range(first_of(max(first, 1)), last + 1, CHUNK_PAGES):
            numbers = range(max(first, start), min(last, start + CHUNK_PAGES - 1) + 1)
            yield from (page for _, page in self._found(start, numbers, _page))

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """The reading texts of some pages, in order, without the lines that make up most of a page."""
        found: dict[int, str] = {}
        for start in sorted({first_of(number) for number in numbers}):
            wanted = sorted(number for number in numbers if first_of(number) == start)
            found.update(self._found(start, wanted, _text))
        return found

    def chunks(self) -> set[int]:
        """The first pages of the chunks that are there."""
        folder = self._derived.path(self._key, self._folder)
        return {int(path.stem) for path in folder.glob("*.zip")}

    def complete(self, pages: int) -> bool:
        """Whether every chunk of a document of so many pages is there."""
        return self.chunks() >= set(range(1, pages + 1, CHUNK_PAGES))

    def _name(self, first: int) -> str:
        return f"{self._folder}/{first}.zip"

    def _found(self, start: int, numbers: Sequence[int], read: Callable[[bytes], T]) -> list[tuple[int, T]]:
        """Number, and what ``read`` makes of it, of those of some pages that one chunk holds."""
        try:
            with self._derived.path(self._key, self._name(start)).open("rb", buffering=0) as file:
                return [(number, read(page)) for number, page in _pages_of(file, numbers)]
        except FileNotFoundError:
            return []
        except _TORN:
            self._derived.discard(self._key, self._name(start))
            return []


def _members(first: int, pages: Iterable[PageText]) -> Iterator[tuple[str, bytes]]:
    """Name and lines of the members of a chunk."""
    lines = bytearray()
    numbers: list[int] = []
    for page in pages:
        if first_of(page.number) != first:
            raise ValueError(f"page {page.number} is not in the chunk of page {first}")
        numbers.append(page.number)
        lines += b"%d %b\n" % (page.number, page.encode())
        if len(lines) >= _MEMBER:
            yield f"{numbers[0]}-{numbers[-1]}", bytes(lines)
            lines.clear()
            numbers.clear()
    if numbers:
        yield f"{numbers[0]}-{numbers[-1]}", bytes(lines)


def _pages_of(file: BinaryIO, numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Number and JSON of each of these pages that a chunk holds."""

    def wanted(name: str) -> bool:
        first, last = name.split("-")
        return bisect_left(numbers, int(first)) < bisect_right(numbers, int(last))

    for _, lines in members(file, wanted):
        for line in lines.split(b"\n")[:-1]:
            number, _, page = line.partition(b" ")
            if int(number) in numbers:
                yield int(number), page


def _page(line: bytes) -> PageText:
    return PageText.decode(line)


def _text(line: bytes) -> str:
    """The reading text of a page, the rest not decoded; within a string a quotation mark has a backslash before it."""
    at = line.rfind(_PARAGRAPHS)
    paragraphs, _ = _DECODER.raw_decode(line[at + len(_PARAGRAPHS) :].decode()) if at >= 0 else ((), 0)
    return "\n\n".join(paragraphs)
