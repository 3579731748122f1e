"""The text of a document's pages, kept beside its blob in chunks of 64 pages.

A chunk is a ZIP file, ``text-<version>/<first page>.zip``, with one deflated JSON member per page. Reading a page opens
one chunk and inflates one member, so page 7,000 costs what page 1 costs. A chunk that is torn is removed and counts as
never written.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator

from pliego.pdf.values import PageText
from pliego.storage.derived import Derived
from pliego.storage.packed import members

CHUNK_PAGES = 64

_LEVEL = 3
"""Deflate effort: level 6 takes twice the time for 6 % less."""
_TORN = (zlib.error, EOFError, KeyError, TypeError, ValueError)
_PARAGRAPHS = ',"paragraphs":'
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
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            for page in pages:
                if first_of(page.number) != first:
                    raise ValueError(f"page {page.number} is not in the chunk of page {first}")
                text = json.dumps(page.to_json(), ensure_ascii=False, separators=(",", ":"))
                # A lone surrogate cannot be encoded; a page must not be lost for one character.
                archive.writestr(zipfile.ZipInfo(str(page.number)), text.encode(errors="replace"), zipfile.ZIP_DEFLATED)
        self._derived.write(self._key, self._name(first), buffer.getvalue())

    def page(self, number: int) -> PageText | None:
        """None when the page is not there (yet)."""
        return next(self.pages(number, number), None)

    def pages(self, first: int, last: int) -> Iterator[PageText]:
        """The pages from ``first`` to ``last`` that are there, in order. Holds one chunk at a time."""
        for start in range(first_of(max(first, 1)), last + 1, CHUNK_PAGES):
            yield from self._chunk(start, max(first, start), min(last, start + CHUNK_PAGES - 1))

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """The reading texts of some pages, in order, without the lines that make up most of a page."""
        found: dict[int, str] = {}
        for start in sorted({first_of(number) for number in numbers}):
            wanted = sorted(number for number in numbers if first_of(number) == start)
            for number, member in self._members(start, wanted):
                found[number] = "\n\n".join(_paragraphs(member))
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

    def _chunk(self, start: int, first: int, last: int) -> list[PageText]:
        try:
            return [PageText.from_json(json.loads(m)) for _, m in self._members(start, range(first, last + 1))]
        except _TORN:
            self._derived.discard(self._key, self._name(start))
            return []

    def _members(self, start: int, numbers: Collection[int]) -> list[tuple[int, bytes]]:
        """Those of some pages that one chunk holds, as it holds them."""
        try:
            with self._derived.path(self._key, self._name(start)).open("rb") as file:
                return [(int(name), inflated) for name, inflated in members(file, {str(n) for n in numbers})]
        except FileNotFoundError:
            return []
        except _TORN:
            self._derived.discard(self._key, self._name(start))
            return []


def _paragraphs(member: bytes) -> list[str]:
    """The paragraphs of a page, the rest not decoded; within a string a quotation mark has a backslash before it."""
    text = member.decode()
    at = text.rfind(_PARAGRAPHS)
    found: list[str] = _DECODER.raw_decode(text, at + len(_PARAGRAPHS))[0] if at >= 0 else []
    return found
