"""Documents with tables of contents, notes and lists."""

import io
import textwrap
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from tests.samples.drawing import HEIGHT, blank_canvas, changed, saved, sentences, write


def bookmarked(*titles: str, pages: int = 3, **entries: Any) -> bytes:
    """Blank pages of 600 by 800 points and a bookmark for each title, with these entries; to page 1 without any."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(600, 800))
    written = entries or {"Dest": Array([pdf.pages[0].obj, Name.XYZ, 72, 700, 0])}
    items = [pdf.make_indirect(Dictionary(Title=pikepdf.String(title), **written)) for title in titles]
    for item, following in pairwise(items):
        item.Next = following
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=items[0], Last=items[-1]))
    return saved(pdf)


def nested_bookmarks(depth: int) -> bytes:
    """Bookmarks each within the one before, all to page 1."""

    def nest(pdf: pikepdf.Pdf) -> None:
        parent = pdf.Root.Outlines.First
        for level in range(2, depth + 1):
            parent.First = pdf.make_indirect(Dictionary(Title=pikepdf.String(str(level)), Dest=parent.Dest))
            parent = parent.First

    return changed(bookmarked("1"), nest)


def ring_of_bookmarks() -> bytes:
    """Two bookmarks, each of which is the next, the first child and the parent of the other."""

    def tie(pdf: pikepdf.Pdf) -> None:
        first = pdf.Root.Outlines.First
        second = first.Next
        first.First = first.Parent = second
        second.First = second.Parent = second.Next = first

    return changed(bookmarked("Uno", "Dos"), tie)


def turned_bookmark(degrees: int) -> bytes:
    """A bookmark to the point (72, 700) of a page of 600 by 800 that is turned by the viewer."""

    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = degrees

    return changed(bookmarked("Uno"), turn)


@cache
def manual(chapters: int = 6) -> bytes:
    """Chapters of two pages with numbered sections, no bookmarks, and a page of contents."""
    out = io.BytesIO()
    canvas = blank_canvas(out)
    parts = [(chapter, part) for chapter in range(1, chapters + 1) for part in (1, 2)]
    canvas.setFont("Helvetica", 11)
    rows = [f"{chapter}.{part} Sección{' .' * 20} {2 * chapter}" for chapter, part in parts]
    write(canvas, ["Contenido", *rows], 72, HEIGHT - 100)
    canvas.showPage()
    for chapter, part in parts:
        y = HEIGHT - 110.0
        if part == 1:
            canvas.setFont("Helvetica-Bold", 20)
            y = write(canvas, [f"{chapter} Parte {chapter} del manual"], 72, y, 30)
        canvas.setFont("Helvetica-Bold", 14)
        y = write(canvas, [f"{chapter}.{part} Sección"], 72, y, 24)
        canvas.setFont("Helvetica", 11)
        write(canvas, textwrap.wrap(sentences(16, chapter * 10 + part), 85), 72, y)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def footnoted() -> bytes:
    """Two pages of prose: a sentence goes on over the page, the first page has two footnotes and a list."""
    out = io.BytesIO()
    canvas = blank_canvas(out)
    canvas.setFont("Times-Roman", 12)
    y = write(canvas, textwrap.wrap(sentences(7, 1), 80), 72, 720)
    y = _noted(canvas, "Una línea que llega casi hasta el final del renglón y que lleva una nota", "1", y)
    y = _noted(canvas, "y el texto sigue hasta el final de la línea y acaba con otra.", "2", y)
    y = write(canvas, ["• una cosa", "• otra cosa"], 90, y - 12)
    last = textwrap.wrap(f"El último párrafo no cabe en la página y sigue {sentences(4, 2).lower()}", 80)
    write(canvas, last[:3], 72, y - 12)
    for number, top in (("1", 110), ("2", 90)):
        _raised(canvas, number, 72, top)
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(77, top, f"Nota {number} al pie de la página.")
    canvas.showPage()
    canvas.setFont("Times-Roman", 12)
    write(canvas, last[3:], 72, 720)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _noted(canvas: Canvas, text: str, mark: str, y: float) -> float:
    """A line that ends with the mark of a note."""
    write(canvas, [text], 72, y)
    _raised(canvas, mark, 72 + canvas.stringWidth(text, "Times-Roman", 12), y)
    canvas.setFont("Times-Roman", 12)
    return y - 15


def _raised(canvas: Canvas, mark: str, x: float, y: float) -> None:
    canvas.setFont("Times-Roman", 7)
    canvas.drawString(x, y + 4, mark)
