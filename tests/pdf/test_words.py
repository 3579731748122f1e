"""Where the words of a page lie, measured."""

import io
import time

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pliego.pdf.spans import placed, span_box
from pliego.pdf.text import read_pages
from pliego.pdf.values import Extent, Line
from pliego.pdf.words import MAX_WORDS, _on_lines, _Word, read_words
from tests import samples
from tests.pdf.opened import opened


def measured(data: bytes, number: int = 1) -> list[tuple[Line, list[Extent]]]:
    with opened(data) as source:
        (page,) = read_pages(source, number, number)
        return list(zip(page.lines, read_words(source, number), strict=True))


def drawn(*words: tuple[str, float]) -> bytes:
    """A page with words at these distances from its left edge."""
    canvas = Canvas(out := io.BytesIO(), A4)
    for word, x in words:
        canvas.drawString(x, 700, word)
    canvas.save()
    return out.getvalue()


def box_of(word: str, data: bytes) -> tuple[float, float, float, float]:
    line, extents = next(pair for pair in measured(data) if word in pair[0].text)
    start = line.text.index(word)
    return span_box(line, start, start + len(word), extents=extents)


def test_words_behind_leaders_lie_where_they_were_drawn() -> None:
    leaders = ". " * 60
    data = drawn((f"Prólogo {leaders}", 72), ("1234", 480))
    x, _, width, _ = box_of("1234", data)
    assert (x, width) == pytest.approx((480, stringWidth("1234", "Helvetica", 12)), abs=0.3)


def test_long_words_are_measured_in_parts() -> None:
    word = "iiiiiiiiiiiiiiiiMMMMMMMMMMMMMMMM"
    x, _, width, _ = box_of("MMMMMMMMMMMMMMMM", drawn((word, 72)))
    assert x == pytest.approx(72 + stringWidth("i" * 16, "Helvetica", 12), abs=0.3)
    assert width == pytest.approx(stringWidth("M" * 16, "Helvetica", 12), abs=0.3)


@pytest.mark.parametrize(
    "data",
    [
        samples.book(4), samples.paper(), samples.paper(mixed=True), samples.leaflet(), samples.slides(),
        samples.right_to_left(), samples.footnoted(), samples.manual(), *map(samples.rotated, (90, 180, 270)),
    ],
    ids=["book", "paper", "mixed", "leaflet", "slides", "hebrew", "notes", "manual", "90", "180", "270"],
)  # fmt: skip
def test_every_word_has_its_place_on_its_line(data: bytes) -> None:
    for line, extents in measured(data):
        assert sum(extent[0] for extent in extents) == len("".join(line.text.split())), line
        assert all(not line.text[place : place + count].count(" ") for place, (count, *_) in placed(line.text, extents))
        for _, x, y, width, height in extents:
            assert line.x - 1 <= x <= x + width <= line.x + line.width + 1
            assert line.y - 1 <= y <= y + height <= line.y + line.height + 1


def test_scans_have_no_words() -> None:
    with opened(samples.scan()) as source:
        assert read_words(source, 1) == []
        assert read_words(source, 99) == []


def letters(across: int) -> bytes:
    """A square of single letters, each a word."""
    canvas = Canvas(out := io.BytesIO(), (across * 9 + 40, across * 9 + 40))
    canvas.setFont("Helvetica", 5)
    for place in range(across * across):
        canvas.drawString(20 + place % across * 9, 20 + place // across * 9, "aeiou"[place % 5])
    canvas.save()
    return out.getvalue()


def test_a_page_of_letters_is_measured_as_far_as_anybody_prints() -> None:
    assert sum(len(extents) for _, extents in measured(letters(60))) == 3600
    with opened(letters(112)) as source:
        assert MAX_WORDS < 112 * 112
        assert read_words(source, 1) == []


def test_words_that_are_all_alike_are_told_apart_quickly() -> None:
    line = Line("a", 0, 0, 5, 5)
    lines = [line._replace(y=9.0 * row) for row in range(4000)]
    words = [("a", [_Word("a", (0, 9.0 * row, 5, 5))]) for row in range(4000)]
    begun = time.process_time()
    assert [extents[0][2] for extents in _on_lines(lines, words)] == [9.0 * row for row in range(4000)]
    assert time.process_time() - begun < 2
