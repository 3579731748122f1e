"""The words of a PDF with their boxes."""

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from reportlab.pdfbase.pdfmetrics import stringWidth

from pliego.errors import UnreadablePdf
from pliego.pdf.characters import MAX_PAGE_CHARACTERS
from pliego.pdf.text import read_pages
from pliego.pdf.values import PageText
from tests import samples
from tests.house.shape import ROOT
from tests.pdf.opened import opened


def pages_of(data: bytes, first: int = 1, last: int = 10_000) -> list[PageText]:
    with opened(data) as source:
        return list(read_pages(source, first, last))


def test_a_line_lies_where_it_was_drawn() -> None:
    (page,) = pages_of(samples.set_text("Hola mundo", size=12))
    (line,) = page.lines
    assert (line.text, line.x, line.size) == ("Hola mundo", 72, 12)
    assert line.y < 841.89 - 720 < line.y + line.height
    assert line.width == pytest.approx(stringWidth("Hola mundo", "Helvetica", 12), abs=0.1)
    assert (page.number, page.width, page.height, page.problem) == (1, 595.28, 841.89, "")


@pytest.mark.parametrize(
    ("first", "last", "numbers"), [(1, 3, [1, 2, 3]), (11, 99, [11, 12]), (0, 1, [1]), (13, 20, [])]
)
def test_only_the_pages_asked_for(first: int, last: int, numbers: list[int]) -> None:
    assert [page.number for page in pages_of(samples.book(12), first, last)] == numbers


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_turned_pages_read_alike(degrees: int) -> None:
    (upright,), (turned,) = pages_of(samples.leaflet()), pages_of(samples.rotated(degrees))
    assert turned.paragraphs == upright.paragraphs
    assert all(line.x >= 0 and line.x + line.width <= turned.width for line in turned.lines)
    assert all(line.y >= 0 and line.y + line.height <= turned.height for line in turned.lines)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_boxes_turn_with_the_page(degrees: int) -> None:
    (upright,), (turned,) = pages_of(samples.leaflet()), pages_of(samples.rotated(degrees))
    before, after = upright.lines[0], turned.lines[0]
    right, below = 595.28 - before.x - before.width, 841.89 - before.y - before.height
    corner = {90: (below, before.x), 180: (right, below), 270: (before.y, right)}[degrees]
    assert (after.x, after.y) == pytest.approx(corner, abs=0.2)


def test_a_crop_box_moves_the_origin() -> None:
    (whole,), (cropped,) = pages_of(samples.leaflet()), pages_of(samples.cropped(50, 100))
    assert cropped.lines[0].x == pytest.approx(whole.lines[0].x - 50, abs=0.2)
    assert cropped.lines[0].y == pytest.approx(whole.lines[0].y - 100, abs=0.2)


def test_hebrew_is_in_reading_order_in_a_box_around_it_all() -> None:
    (page,) = pages_of(samples.right_to_left("שלום עולם"))
    (line,) = page.lines
    assert line.text == "שלום עולם"
    assert (line.x, line.width) == (50, 135)


@pytest.mark.parametrize("text", ["كانت المدينة", "لا كتاب", "שלום עולם", "أب"])
def test_words_that_browsers_print_letter_by_letter_are_read_as_they_are_spelt(text: str) -> None:
    (page,) = pages_of(samples.told_by_letter(text))
    assert [line.text for line in page.lines] == [text]


def test_columns_read_one_after_the_other_however_they_were_written() -> None:
    (straight,), (mixed,) = pages_of(samples.paper()), pages_of(samples.paper(mixed=True))
    assert mixed.paragraphs == straight.paragraphs
    assert [text.split()[0] for text in mixed.paragraphs] == ["Sobre", "Uno", "Dos"]


def test_broken_words_are_joined() -> None:
    (page,) = pages_of(samples.set_text("una palabra que se que-", "bró al final de la línea"))
    assert page.paragraphs == ["una palabra que se quebró al final de la línea"]
    assert page.lines[0].text.endswith("que-")


def test_ligatures_and_loose_accents_become_letters() -> None:
    (page,) = pages_of(samples.to_unicode_text("o\ufb01cina tipogr\u00b4a\ufb01ca x\u00b2"))
    assert page.lines[0].text == "oficina tipográfica x²"


def test_running_heads_and_page_numbers_are_no_reading_text() -> None:
    for page in pages_of(samples.book(36)):
        assert page.lines[-1].text == str(page.number)
        assert str(page.number) not in page.paragraphs
        assert "El puerto y la lluvia" not in page.paragraphs
        assert ("Capítulo" in page.text) == (page.number % 12 == 1)


def test_a_page_without_text_is_no_problem() -> None:
    assert [(page.lines, page.text, page.problem) for page in pages_of(samples.scan())] == [([], "", "")] * 2


def test_a_page_that_fails_is_told_and_the_others_are_read() -> None:
    pages = pages_of(samples.lost_page())
    assert [page.problem for page in pages] == ["", UnreadablePdf.code, ""]
    assert pages[2].text


def test_a_page_gives_only_so_much_text() -> None:
    (page,) = pages_of(samples.set_text(*["x" * 1000] * 250, size=1))
    assert sum(len(line.text) for line in page.lines) <= MAX_PAGE_CHARACTERS
    assert sum(len(line.text) for line in page.lines) > MAX_PAGE_CHARACTERS / 2


def test_text_survives_the_way_out_of_the_sandbox() -> None:
    for page in pages_of(samples.paper()):
        assert PageText.from_json(page.to_json()) == page


def test_a_book_is_read_in_little_memory() -> None:
    with opened(samples.book(200)) as source:
        pages = read_pages(source, 1, 200)
        next(pages)
        before = _resident_bytes()
        for _ in pages:
            pass
        assert _resident_bytes() - before < 40 << 20


HOLDS = """
import os, sys
from pathlib import Path
from pliego.pdf.source import Source
from pliego.pdf.text import read_pages

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

with Source(os.open(sys.argv[1], os.O_RDONLY)) as source:
    before = resident()
    print(*(resident() - before for _ in read_pages(source, 1, 200)))
"""


def test_what_pages_load_is_given_back(tmp_path: Path) -> None:
    """In a process of its own, as a child is: one that ran other tests has seen higher peaks than any that comes here.

    A shell starts it, since over exec the peak of the process that forked counts as one's own (getrusage(2)).
    """
    (tmp_path / "heavy.pdf").write_bytes(_heavy_fonts(200))
    command = ["sh", "-c", '"$0" "$@"; exit $?', sys.executable, "-c", HOLDS, str(tmp_path / "heavy.pdf")]
    held = [int(word) for word in subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout.split()]
    assert max(held[:40]) > 10 << 20
    assert max(held) < 2 * max(held[:40])


def _heavy_fonts(pages: int) -> bytes:
    """Each page has a font of its own with a large table of characters."""
    with pikepdf.new() as pdf:
        rows = b"".join(b"<%04x> <%04x>\n" % (code, code) for code in range(1, 20_000))
        table = pdf.make_stream(b"begincmap 19999 beginbfchar\n" + rows + b"endbfchar endcmap")
        content = pdf.make_stream(b"BT /F1 12 Tf 72 700 Td (Hola mundo) Tj ET")
        for _ in range(pages):
            font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Helvetica, ToUnicode=table)
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Contents = content
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
