"""A document's text made ready for finding: folded, in chunks of 64 pages, in one derived file.

The file is a ZIP with four members for each chunk: the folded text of its pages and that of the page ends between them,
which is all that a search looks through; where hyphens are left out of it, to tell whole words; and what it takes to
show a hit, the text as written and the boxes of its lines. A search of a thousand pages reads sixteen of the first two
kinds and seldom many of the last.

Folding forgives case, accents, the shapes of quotation marks and dashes, and hyphens between letters: a word that a
line end has broken is found whole, a compound with its hyphen or without.
"""

import json
import re
import unicodedata
import zipfile
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice, pairwise
from typing import Any

from pliego.documents.engines import TEXT_VERSION, derived
from pliego.documents.models import File, State
from pliego.documents.page_ends import PageEnd, page_end, running_text
from pliego.documents.reading import page_texts
from pliego.documents.sidecar import CHUNK_PAGES, first_of
from pliego.errors import StorageFails
from pliego.pdf.seams import Wording, seam, words_of
from pliego.pdf.spans import Box, is_sideways, runs_downwards, span_box
from pliego.pdf.values import Extent, Line, PageText, json_line
from pliego.search.analysis import fold

NAME = f"finding-{TEXT_VERSION}.2.zip"
"""The derived file, by the versions of the text and of what is made of it here."""
PAGE_END = "\n"
"""Between the pages of a chunk; no page holds one."""

FOLDED, ENDS, HYPHENS, PAGES = "folded", "ends", "hyphens", "pages"
"""Members of a chunk; their names end with its first page."""

HYPHENS_MOST = 5_000
"""Hyphens between letters that are known of a page: any that is written to be read has fewer."""
FEW = 40
"""Kinds of letters beyond ASCII that are folded each at once, where none of them changes in length."""
_LEVEL = 2
"""Deflate effort: level 3 takes a third more time for 3 % less."""
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_HYPHEN = re.compile(r"-(?<=[^\W\d_]-)(?=[^\W\d_])")
_ODD = re.compile(rf"{_NOT_ASCII.pattern}|{_HYPHEN.pattern}")
_ALIKE = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "-": "",  # only that between letters comes here
}


class _Foldings(dict[str, str]):
    """What single characters fold to, worked out once each."""

    def __missing__(self, character: str) -> str:
        folded = fold(character).replace(PAGE_END, " ")
        self[character] = folded
        return folded


_FOLDINGS = _Foldings(_ALIKE)
_LETTER_HYPHEN = re.compile("[\u2010\u2011](?<=[^\\W\\d_].)(?=[^\\W\\d_])")


def folded(text: str) -> tuple[str, list[list[int]], list[int]]:
    """The folded text, its drift (see FindablePage), and where in it a hyphen between letters is left out."""
    drift: list[list[int]] = []
    hyphens: list[int] = []
    shift = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal shift
        letters = _FOLDINGS[match[0]]
        place = match.start() - shift
        if not letters:
            shift += 1
            drift.append([place, shift])
            if match[0] == "-":
                hyphens.append(place)
        for extra in range(1, len(letters)):
            shift -= 1
            drift.append([place + extra, shift])
        return letters

    text = _LETTER_HYPHEN.sub("-", text)
    strange = set(_NOT_ASCII.findall(text))
    if len(strange) > FEW or any(len(_FOLDINGS[each]) != 1 for each in strange):
        return _ODD.sub(replaced, text).lower(), drift, hyphens
    text = _HYPHEN.sub(replaced, text)
    for each in strange:
        text = text.replace(each, _FOLDINGS[each])
    return text.lower(), drift, hyphens


def folded_query(query: str) -> str:
    """What a query is looked for as; "" when it holds nothing to look for. A hyphen at its end is one being typed."""
    words = " ".join(unicodedata.normalize("NFC", query).split())
    return re.sub(r"(?<=[^\W\d_])-$", "", folded(words)[0]).strip()


@dataclass(frozen=True, slots=True)
class FindablePage:
    """A page as hits are shown on it."""

    text: str
    """Its lines joined, in reading order, as written."""
    drift: list[list[int]]
    """Where the folded text drifts from it: (place in the folded text, what to add from there on)."""
    starts: list[int]
    """Where each line begins in the text."""
    boxes: Sequence[Sequence[float]]
    """x, y, width, height and type size of each line."""
    downwards: bool
    """Sideways lines run down the page and not up."""

    def fields(self) -> list[Any]:
        """What a FindablePage is made of again."""
        return [self.text, self.drift, self.starts, self.boxes, self.downwards]

    def place(self, at: int) -> int:
        """Where a character of the folded text stands in the text."""
        index = bisect_right(self.drift, at, key=_first) - 1
        return at + (self.drift[index][1] if index >= 0 else 0)

    def spans(self, start: int, end: int) -> Iterator[tuple[int, Line, int, int]]:
        """The lines that a stretch of the text stands on, numbered from 0, and its characters on each."""
        from_line = max(bisect_right(self.starts, start) - 1, 0)
        for index in range(from_line, len(self.starts)):  # no list of all lines: a page may have very many
            begin, box = self.starts[index], self.boxes[index]
            if begin >= end:
                return
            finish = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
            written = self.text[begin:finish].rstrip()
            first, last = max(start - begin, 0), min(end - begin, len(written))
            if first < last:
                yield index, Line(written, *box), first, last

    def boxes_of(self, start: int, end: int, extents: Sequence[Sequence[Extent]] = ()) -> list[Box]:
        """The boxes of a stretch of the text, one for each line; ``extents`` of its lines where words are measured."""
        return [
            span_box(line, *span, extents=extents[index] if extents else (), downwards=self.downwards)
            for index, line, *span in self.spans(start, end)
        ]


def _first(pair: list[int]) -> int:
    return pair[0]


class Chunk:
    """Pages from ``first`` on, as far as they are read. ``member`` gives the bytes of its four members by name."""

    def __init__(self, first: int, member: Callable[[str], bytes]) -> None:
        self.first = first
        self._member = member
        self.text = member(f"{FOLDED}-{first}").decode()
        """Their folded texts with PAGE_END between them."""

    def hyphens(self, index: int) -> "array[int]":
        """Where in the folded text of a page a hyphen between letters is left out, in order."""
        return array("I", map(int, self._hyphens[index].split()))

    def ends_with(self, words: str) -> Iterator[tuple[int, PageEnd]]:
        """The page ends that hold some words, each with the page before it, numbered from 0 within the chunk."""
        sought = json.dumps(words, ensure_ascii=False)[1:-1]
        ends = self._member(f"{ENDS}-{self.first}").decode()
        if sought in ends:
            for index, line in enumerate(ends.split(PAGE_END)):
                if sought in line:
                    yield index, PageEnd(*json.loads(line))

    def page(self, index: int) -> FindablePage:
        """One page, numbered from 0 within the chunk. To be asked for before the next chunk is."""
        return FindablePage(*json.loads(self._pages[index]))

    @cached_property
    def _hyphens(self) -> list[str]:
        return self._lines(HYPHENS)

    @cached_property
    def _pages(self) -> list[str]:
        return self._lines(PAGES)

    def _lines(self, name: str) -> list[str]:
        return self._member(f"{name}-{self.first}").decode().split(PAGE_END)


def chunks(file: File, first: int, last: int) -> Iterator[Chunk]:
    """The chunks that hold pages ``first`` to ``last``.

    Without the derived file (while pages are being read, or on a full disk) they are made on the way.
    """
    if not derived().exists(file.sha256, NAME) and file.text_state in (State.DONE, State.PARTIAL):
        with suppress(StorageFails):
            make_findable(file)
    with ExitStack() as stack:
        archive = _opened(file, stack)
        for start in range(first_of(first), last + 1, CHUNK_PAGES):
            member = partial(_kept, file, archive) if archive else _members(file, start).__getitem__
            yield Chunk(start, member)


def make_findable(file: File, pages: Iterable[PageText] | None = None) -> None:
    """Write the derived file anew. Raise DiskFull.

    ``pages`` are all there are, where they are at hand: each chunk is written as soon as its pages have come.
    """
    kept = ((first, ()) for first in range(1, file.readable_pages + 1, CHUNK_PAGES))
    with (
        derived().writing(file.sha256, NAME) as path,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
    ):
        for first, known in kept if pages is None else _in_chunks(pages):
            for name, content in _members(file, first, known).items():
                archive.writestr(name, content)


def _in_chunks(pages: Iterable[PageText]) -> Iterator[tuple[int, Sequence[PageText]]]:
    """The pages of each chunk and the one after it, under the number of its first page."""
    coming = iter(pages)
    held = list(islice(coming, CHUNK_PAGES + 1))
    while held:
        yield held[0].number, held
        held = [*held[CHUNK_PAGES:], *islice(coming, CHUNK_PAGES)]


def _opened(file: File, stack: ExitStack) -> zipfile.ZipFile | None:
    """None when there is no such file or it is torn."""
    try:
        return stack.enter_context(zipfile.ZipFile(derived().path(file.sha256, NAME)))
    except FileNotFoundError:
        return None
    except _TORN:
        derived().discard(file.sha256, NAME)
        return None


def _kept(file: File, archive: zipfile.ZipFile, name: str) -> bytes:
    """A member of the derived file; made anew when that turns out to be torn."""
    try:
        return archive.read(name)
    except _TORN:
        derived().discard(file.sha256, NAME)
        return _members(file, int(name.rpartition("-")[2]))[name]


def _members(file: File, first: int, known: Sequence[PageText] = ()) -> dict[str, bytes]:
    """What is kept of a chunk, one line for each page. ``known``: its pages and the one after, if they are at hand."""
    texts = list(known or page_texts(file, first, first + CHUNK_PAGES))
    pages = [_findable(page) for page in texts]
    ends = [json_line(end.fields()) for end in _ends(texts, pages)]
    del pages[CHUNK_PAGES:]
    lines = {
        FOLDED: [text.encode(errors="replace") for text, _, _ in pages],
        ENDS: ends,
        HYPHENS: [" ".join(map(str, hyphens[:HYPHENS_MOST])).encode() for _, hyphens, _ in pages],
        PAGES: [json_line(page.fields()) for *_, page in pages],
    }
    return {f"{name}-{first}": PAGE_END.encode().join(each) for name, each in lines.items()}


def _findable(page: PageText) -> tuple[str, list[int], FindablePage]:
    """The folded text of a page, its hyphens, and the page as hits are shown on it."""
    text, starts = _joined(page)
    folded_text, drift, hyphens = folded(text)
    sideways = [line for line in page.lines if is_sideways(line)]
    boxes = [line[1:] for line in page.lines]
    downwards = bool(sideways) and runs_downwards(sideways)
    return folded_text, hyphens, FindablePage(text, drift, starts, boxes, downwards)


def _ends(texts: Sequence[PageText], pages: Sequence[tuple[str, list[int], FindablePage]]) -> Iterator[PageEnd]:
    """The page end behind each page but the last."""
    bodies = [running_text(page[0], *_first_and_last(text)) for text, page in zip(texts, pages, strict=True)]
    for (before, after), ((_, end), (start, _)) in zip(pairwise(pages), pairwise(bodies), strict=True):
        written = after[2].text[after[2].place(start) :]
        yield page_end(before[0], end, after[0], start, written)


def _first_and_last(page: PageText) -> tuple[str, str]:
    """The beginning of the first paragraph and the end of the last one, folded; "" without paragraphs."""
    if not page.paragraphs:
        return "", ""
    return folded(page.paragraphs[0][:80])[0], folded(page.paragraphs[-1][-80:])[0]


def _joined(page: PageText) -> tuple[str, list[int]]:
    """The lines of a page as one text, and where in it each begins."""
    texts = [line.text for line in page.lines]
    wording = Wording([words_of(texts)])
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    end = ""  # the last word so far, which alone tells how the next line is joined
    for text in texts:
        taken, between = seam(end, text, wording) if end else (0, "")
        if between:
            parts.append(between)
            length += len(between)
            end = ""
        elif taken:
            parts[-1] = parts[-1][:-taken]
            length -= taken
            end = end[:-taken]
        starts.append(length)
        parts.append(text)
        length += len(text)
        end = (end + text if end else text).rpartition(" ")[2]
    return "".join(parts), starts
