"""Damaged files, files that refer to themselves, and files that are no PDF."""

import random

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.samples.bombs import many_pages
from tests.samples.drawing import changed, saved
from tests.samples.ordinary import book, leaflet


def truncated(part: float = 0.6) -> bytes:
    """The first part of a book of thirty pages."""
    data = book(30)
    return data[: int(len(data) * part)]


def lost_page() -> bytes:
    """Three pages, the second of which is no page."""
    data = many_pages(3)
    return data.replace(b"[3 0 R 3 0 R 3 0 R ]", b"[3 0 R 9 0 R 3 0 R ]")


def ring_of_pages(*, deep: bool) -> bytes:
    """Three pages 200, 210 and 220 points wide, in a tree that holds its own root, perhaps one level below."""
    pdf = pikepdf.new()
    for width in (200, 210, 220):
        pdf.add_blank_page(page_size=(width, 300))
    root = pdf.Root.Pages
    back = pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=root, Kids=Array([root]), Count=3)) if deep else root
    root.Kids, root.Count = Array([root.Kids[0], back, root.Kids[1], root.Kids[2]]), 6
    return saved(pdf)


def no_pages() -> bytes:
    """A document whose page tree is empty."""
    return saved(pikepdf.new())


def headless() -> bytes:
    """A PDF header and then nothing that could be read."""
    return b"%PDF-1.7\n" + random.Random(1).randbytes(4000)


def polyglot() -> bytes:
    """A PDF with a page of HTML before its header."""
    return b"<!DOCTYPE html><script>alert(document.domain)</script>\n" + leaflet()


def cyclic_pages() -> bytes:
    """A page tree that contains itself."""

    def tie(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    return changed(leaflet(), tie)


def cyclic_actions() -> bytes:
    """Actions, fields and bookmarks that refer to themselves."""

    def tie(pdf: pikepdf.Pdf) -> None:
        action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=pikepdf.String("1")))
        action.Next = Array([action, action])
        field = pdf.make_indirect(Dictionary(T=pikepdf.String("f"), AA=Dictionary(K=action)))
        field.Kids = Array([field])
        field.Parent = field
        item = pdf.make_indirect(Dictionary(Title=pikepdf.String("x"), A=action))
        item.Next = item.First = item.Parent = item
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))
        pdf.Root.OpenAction = action

    return changed(leaflet(), tie)


NOT_PDFS: dict[str, bytes] = {
    "empty": b"",
    "three bytes": b"%PD",
    "image": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "html": b"<!DOCTYPE html><title>x</title><p>" + b"y" * 2000,
}
"""Files that are no PDF, by what they are."""
