"""A small writer of EPUB 3.2 books from blocks of reading text.

The package holds chapters cut at the sections of the document, a table of contents, the list of the pages of the
original by their printed numbers (EPUB Accessibility 1.0, 4.1.2) and one style sheet. Blocks are taken as they come, a
chapter at a time.
"""

import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import BinaryIO, Literal

from pliego.pdf.flow import Block, Kind
from pliego.pdf.numbering import PageLabels

CHAPTER_PAGES = 40
"""A chapter without a section of its own is cut after so many pages: reading programs load it whole."""
HEADINGS = 6
DEEPEST = 4
"""Levels of the table of contents."""


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the table of contents: where it begins. ``level`` from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Book:
    """What the package says about the book."""

    identifier: str
    """A URI that names this book and no other."""
    title: str
    authors: list[str]
    language: str
    """A language tag, "" when unknown."""
    modified: datetime
    source: str
    """The address of the original."""
    pages: int
    sections: list[Section] = field(default_factory=list)
    right_to_left: bool = False
    labels: PageLabels = field(default_factory=lambda: PageLabels((), 0))

    def number_on(self, page: int) -> str:
        """What people call a page: the number printed on it, else its place in the file."""
        return held_by_xml(self.labels.of(page)) or str(page)


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter that is written."""

    book: Book
    last: int
    """The last page that begins in it."""
    notes: set[str]
    """Its footnotes."""


def write(target: Path | BinaryIO, book: Book, blocks: Iterable[Block]) -> None:
    """Write the book to a file that does not exist yet, or to an empty one that is open."""
    mode: Literal["x", "w"] = "x" if isinstance(target, Path) else "w"
    with zipfile.ZipFile(target, mode, zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr(_member("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)  # first and unpacked
        _put(archive, "META-INF/container.xml", _CONTAINER)
        starts = _starts(book)
        for number, chapter in _chapters(blocks, starts, book):
            _put(archive, f"EPUB/{_file(number)}", _page(book, book.title, "".join(chapter)))
        _put(archive, "EPUB/style.css", _STYLE)
        _put(archive, "EPUB/nav.xhtml", _nav(book, starts))
        _put(archive, "EPUB/package.opf", _package(book, len(starts)))


def _member(name: str) -> zipfile.ZipInfo:
    """A member without the time of day, so that the same book is the same file."""
    return zipfile.ZipInfo(name)


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(_member(name), text.encode(errors="replace"), zipfile.ZIP_DEFLATED)


def _file(number: int) -> str:
    return f"text-{number}.xhtml"


# --- Chapters --------------------------------------------------------------------------------------------------------


def _starts(book: Book) -> list[int]:
    """The first page of each chapter: those of top sections, and more where they lie far apart."""
    top = min((section.level for section in book.sections), default=1)
    wanted = {section.page for section in book.sections if section.level == top and section.page <= book.pages} | {1}
    starts: list[int] = []
    for first, following in zip(sorted(wanted), [*sorted(wanted)[1:], book.pages + 1], strict=True):
        starts += range(first, following, CHAPTER_PAGES)
    return starts


def _chapters(blocks: Iterable[Block], starts: list[int], book: Book) -> Iterator[tuple[int, list[str]]]:
    """Number (from 1) and content of each chapter; every page of the document begins somewhere."""
    waiting: list[Block] = []
    number, begun = 1, 0
    for block in blocks:
        while number < len(starts) and block.page >= starts[number]:
            yield number, list(_elements(waiting, begun, book, starts[number] - 1))
            waiting, begun, number = [], max(begun, starts[number] - 1), number + 1
        waiting.append(block)
    for last in [*(start - 1 for start in starts[number:]), book.pages]:
        yield number, list(_elements(waiting, begun, book, last))
        waiting, begun, number = [], max(begun, last), number + 1


def _elements(blocks: list[Block], begun: int, book: Book, last: int) -> Iterator[str]:
    """The elements of a chapter. ``begun``: the last page that has begun before it."""
    chapter = _Chapter(book, last, {block.id for block in blocks if block.kind is Kind.FOOTNOTE})
    depth = 0
    for block in blocks:
        if depth and block.kind is not Kind.ITEM:
            yield "</ul>\n"
            depth = 0
        if block.page > begun:
            marks = _page_marks(book, begun + 1, block.page)
            yield f'<li class="mark">{marks}</li>\n' if depth else f"<div>{marks}</div>\n"
            begun = block.page
        if block.kind is Kind.ITEM and not depth:
            yield "<ul>\n"
            depth = 1
        yield _element(block, begun, chapter)
        begun = max([begun, *(page for _, page in block.breaks if page <= last)])
    if depth:
        yield "</ul>\n"
    if last > begun:
        yield f"<div>{_page_marks(book, begun + 1, last)}</div>\n"


def _page_marks(book: Book, first: int, last: int) -> str:
    """Where pages begin, each with the number that is to be read out."""
    return "".join(
        f'<span epub:type="pagebreak" role="doc-pagebreak" id="page-{page}"'
        f' aria-label="{escape(book.number_on(page))}"></span>'
        for page in range(first, last + 1)
    )


def _element(block: Block, begun: int, chapter: _Chapter) -> str:
    words = _words(block, begun, chapter)
    name = f'id="{_id(block.id)}"'
    match block.kind:
        case Kind.HEADING:
            level = min(max(block.level, 1), HEADINGS)
            return f"<h{level} {name}>{words}</h{level}>\n"
        case Kind.ITEM:
            return f'<li {name}><span class="bullet">{_text(block.mark or "•")}</span> {words}</li>\n'
        case Kind.FOOTNOTE:
            return (
                f'<aside {name} epub:type="footnote" role="doc-footnote"><p>{_text(block.mark)} {words}</p></aside>\n'
            )
        case Kind.PROGRAM:
            return f"<pre {name}><code>{words}</code></pre>\n"
        case Kind.VERSE:
            indented = re.sub(r"(?m)^ +", lambda spaces: "\xa0" * len(spaces[0]), words)
            return f'<p {name} class="verse">{indented.replace(chr(10), "<br/>")}</p>\n'
    return f"<p {name}>{words}</p>\n"


def _words(block: Block, begun: int, chapter: _Chapter) -> str:
    """The text of a block with the links to its notes and the marks of the pages that begin inside it."""
    breaks = [(place, page) for place, page in block.breaks if begun < page <= chapter.last]
    inserted = [(place, 0, "", _page_marks(chapter.book, page, page)) for place, page in breaks]
    inserted += [(ref.at, len(ref.mark), ref.note, ref.mark) for ref in block.note_refs if ref.note in chapter.notes]
    parts, done = [], 0
    for place, length, note, shown in sorted(inserted):
        if place < done:
            continue
        parts.append(_text(block.text[done:place]))
        link = f'<a epub:type="noteref" role="doc-noteref" href="#{_id(note)}">{_text(shown)}</a>'
        parts.append(link if note else shown)
        done = place + length
    return "".join([*parts, _text(block.text[done:])])


def _id(name: str) -> str:
    """A name that XML takes as an identifier and that no page has."""
    return "b-" + re.sub(r"[^A-Za-z0-9_-]", "_", name)


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not take (2.2, Char)."""


def held_by_xml(text: str) -> str:
    """As much of a text as XML can hold."""
    return _NOT_XML.sub("", text)


def _text(text: str) -> str:
    return escape(held_by_xml(text))


# --- The package -----------------------------------------------------------------------------------------------------

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = """body { line-height: 1.5; }
p { margin: 0; text-indent: 1.2em; }
h1 + p, h2 + p, h3 + p, h4 + p, div + p, .verse { text-indent: 0; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; margin: 1.5em 0 0.5em; }
ul { list-style: none; margin: 0.5em 0; padding: 0 0 0 1.2em; }
.verse, pre { margin: 0.5em 0; }
pre { white-space: pre-wrap; }
aside { font-size: 0.875em; margin: 0.5em 0; }
aside p { text-indent: 0; }
"""


def _page(book: Book, title: str, body: str) -> str:
    language = _text(book.language or "und")
    direction = ' dir="rtl"' if book.right_to_left else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}"{direction}>\n'
        f'<head><title>{_text(title)}</title><link rel="stylesheet" href="style.css"/></head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )


def _place(starts: Sequence[int], page: int) -> str:
    return f"{_file(bisect_right(starts, page))}#page-{page}"


def _nav(book: Book, starts: list[int]) -> str:
    within = [section for section in book.sections if 1 <= section.page <= book.pages and section.title.strip()]
    entries = within or [Section(book.number_on(start), 1, start) for start in starts]
    if within and within[0].page > 1:
        entries = [Section(book.title, min(section.level for section in within), 1), *within]
    pages = "".join(
        f'<li><a href="{_place(starts, page)}">{escape(book.number_on(page))}</a></li>\n'
        for page in range(1, book.pages + 1)
    )
    title = _text(book.title)
    body = (
        f'<nav epub:type="toc" role="doc-toc" aria-label="{title}"><h1>{title}</h1>\n{_tree(entries, starts)}</nav>\n'
        f'<nav epub:type="page-list" role="doc-pagelist" hidden="hidden"><ol>\n{pages}</ol></nav>\n'
    )
    return _page(book, book.title, body)


def _tree(entries: Sequence[Section], starts: list[int]) -> str:
    """Nested lists. Levels may jump; a deeper line opens one list, whatever the distance."""
    parts: list[str] = []
    open_levels: list[int] = []
    for entry in entries:
        while len(open_levels) > 1 and open_levels[-2] >= entry.level:
            parts.append("</li></ol>")
            open_levels.pop()
        if open_levels and (open_levels[-1] >= entry.level or len(open_levels) >= DEEPEST):
            parts.append("</li>\n<li>")
            open_levels[-1] = min(open_levels[-1], entry.level)
        else:
            parts.append("<ol>\n<li>")
            open_levels.append(entry.level)
        parts.append(f'<a href="{_place(starts, entry.page)}">{_text(entry.title)}</a>')
    return "".join(parts) + "</li></ol>" * len(open_levels)


def _package(book: Book, chapters: int) -> str:
    numbers = range(1, chapters + 1)
    creators = "".join(f"<dc:creator>{_text(author)}</dc:creator>\n" for author in book.authors if author.strip())
    items = "".join(
        f'<item id="text-{number}" href="{_file(number)}" media-type="application/xhtml+xml"/>\n' for number in numbers
    )
    spine = "".join(f'<itemref idref="text-{number}"/>\n' for number in numbers)
    direction = ' page-progression-direction="rtl"' if book.right_to_left else ""
    modified = book.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{_text(book.identifier)}</dc:identifier>
<dc:title>{_text(book.title)}</dc:title>
{creators}<dc:language>{_text(book.language or "und")}</dc:language>
<dc:source>{_text(book.source)}</dc:source>
<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessibilityFeature">printPageNumbers</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}</manifest>
<spine{direction}>
{spine}</spine>
</package>
"""
