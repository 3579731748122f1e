"""Books for reading programs."""

import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.epub import Book, Section, write
from pliego.pdf.flow import Block, Kind, NoteRef
from pliego.pdf.numbering import PageLabels, Run

WHEN = datetime(2026, 11, 3, tzinfo=UTC)
XHTML = "{http://www.w3.org/1999/xhtml}"


def book(pages: int = 3, *sections: Section, right_to_left: bool = False) -> Book:
    return Book(
        "urn:uuid:7d0a5ee1-0c4e-5d1c-9b1e-0a5f6d3c2b1a",
        "Título & más",
        ["Ana López"],
        "es",
        WHEN,
        "https://x.example/d/a/",
        pages,
        list(sections),
        right_to_left,
    )


def paragraph(page: int, text: str = "Palabras.", order: int = 1) -> Block:
    return Block(Kind.PARAGRAPH, text, page, f"p{page}-{order}")


VARIED = [
    Block(Kind.HEADING, "Uno", 1, "h", level=1),
    Block(Kind.PARAGRAPH, "Con nota1 y salto", 1, "a", note_refs=[NoteRef(8, "1", "n")], breaks=[(12, 2)]),
    Block(Kind.FOOTNOTE, "La <nota>", 1, "n", mark="1"),
    Block(Kind.ITEM, "punto", 2, "i", level=1, mark="•"),
    Block(Kind.ITEM, "otro", 3, "j", level=1, mark="2."),
    Block(Kind.PROGRAM, "if a < b:\n    go()", 3, "c"),
    Block(Kind.VERSE, "verso\n  otro", 3, "v"),
]


def written(folder: Path, described: Book, blocks: list[Block]) -> dict[str, str]:
    path = folder / "book.epub"
    path.unlink(missing_ok=True)
    write(path, described, blocks)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_type_comes_first_and_unpacked(tmp_path: Path) -> None:
    write(tmp_path / "b.epub", book(), [paragraph(1)])
    assert (tmp_path / "b.epub").read_bytes()[30:58] == b"mimetypeapplication/epub+zip"


def test_the_same_book_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, book(), VARIED)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_every_kind_of_block(tmp_path: Path) -> None:
    text = written(tmp_path, book(), VARIED)["EPUB/text-1.xhtml"]
    assert '<h1 id="b-h">Uno</h1>' in text
    assert 'Con nota<a epub:type="noteref" role="doc-noteref" href="#b-n">1</a> y <span' in text
    assert "<p>1 La &lt;nota&gt;</p></aside>" in text
    assert '<pre id="b-c"><code>if a &lt; b:\n    go()</code></pre>' in text
    assert "verso<br/>\xa0\xa0otro" in text


def test_chapters_begin_with_top_sections_and_after_many_pages(tmp_path: Path) -> None:
    described = book(100, Section("A", 1, 5), Section("A.1", 2, 6), Section("B", 1, 50))
    members = written(tmp_path, described, [paragraph(number) for number in range(1, 101)])
    firsts = [members[f"EPUB/text-{n}.xhtml"].split('id="page-')[1].split('"')[0] for n in range(1, 6)]
    assert firsts == ["1", "5", "45", "50", "90"]


def test_every_page_begins_once_and_is_listed(tmp_path: Path) -> None:
    members = written(tmp_path, book(90), [paragraph(2), paragraph(50), paragraph(88)])
    text = "".join(value for name, value in members.items() if "text-" in name)
    assert [text.count(f'id="page-{number}"') for number in range(1, 91)] == [1] * 90
    assert members["EPUB/nav.xhtml"].count("#page-") == 90 + 3


def test_pages_are_called_by_the_numbers_printed_on_them(tmp_path: Path) -> None:
    labels = PageLabels([Run(1, "r", "", 1), Run(3, "D", "", 1), Run(4, "", "<&>", 1), Run(5, "", "\x01", 1)], 5)
    members = written(tmp_path, replace(book(5), labels=labels), [paragraph(2), paragraph(3)])
    shown = ["i", "ii", "1", "<&>", "5"]
    nav = ElementTree.fromstring(members["EPUB/nav.xhtml"])
    assert [link.text for link in nav.iter(f"{XHTML}a")] == ["i", *shown]  # the chapter, which has no other name
    page = ElementTree.fromstring(members["EPUB/text-1.xhtml"])
    marks = [mark.attrib for mark in page.iter(f"{XHTML}span") if "id" in mark.attrib]
    assert [(mark["id"], mark["aria-label"]) for mark in marks] == [(f"page-{n}", shown[n - 1]) for n in range(1, 6)]


def test_sections_are_nested_whatever_their_levels(tmp_path: Path) -> None:
    levels = [2, 4, 4, 3, 1, 5, 2]
    described = book(9, *(Section(f"s{place}", level, place + 1) for place, level in enumerate(levels)))
    nav = ElementTree.fromstring(written(tmp_path, described, [])["EPUB/nav.xhtml"])
    assert [link.text for link in nav.iter(f"{XHTML}a")][: len(levels)] == [f"s{place}" for place in range(len(levels))]


@given(st.text(), st.text())
def test_any_text_is_well_formed(tmp_path_factory: pytest.TempPathFactory, title: str, text: str) -> None:
    described = book(2, Section(title or "x", 1, 2), right_to_left=True)
    blocks = [paragraph(1, text), Block(Kind.HEADING, text, 2, "h", level=9)]
    for name, content in written(tmp_path_factory.getbasetemp(), described, blocks).items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            ElementTree.fromstring(content)


def checker() -> list[str]:
    """Debian's epubcheck is a JAR that not every kernel runs by itself."""
    program = Path(shutil.which("epubcheck") or "").resolve()
    return ["java", "-jar", str(program)] if program.suffix == ".jar" else [str(program)]


@pytest.mark.skipif(not shutil.which("epubcheck"), reason="epubcheck is not installed")
@pytest.mark.parametrize("sections", [(), (Section("Uno", 1, 1), Section("Dos", 3, 2), Section("Tres", 2, 3))])
def test_epubcheck_finds_no_fault(tmp_path: Path, sections: tuple[Section, ...]) -> None:
    path = tmp_path / "book.epub"
    write(path, book(3, *sections), VARIED)
    checked = subprocess.run([*checker(), str(path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, "WARNING" in checked.stdout + checked.stderr) == (0, False), checked.stderr
