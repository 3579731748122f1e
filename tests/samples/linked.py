"""PDFs with links on their pages."""

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.samples.drawing import saved

BOX = (100, 600, 200, 620)


def linked(*aims: Any, pages: int = 3, box: Any = BOX, rotate: int = 0, tree: bool = False) -> bytes:
    """Blank pages of 600 by 800 points; on the first, a link for each aim: a page, an address, a name or entries.

    The name "nota" leads to the point (50, 700) of the last page. ``tree``: the pages lie below nodes of two each.
    """
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(600, 800))
    pdf.pages[0].Rotate = rotate
    place = Array([pdf.pages[pages - 1].obj, Name.XYZ, 50, 700, 0])
    names = pdf.make_indirect(Dictionary(Names=Array([String("nota"), place])))
    pdf.Root.Names = Dictionary(Dests=names)
    links = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(box), **_aim(pdf, aim)) for aim in aims]
    pdf.pages[0].Annots = pdf.make_indirect(Array([pdf.make_indirect(link) for link in links]))
    if tree:
        _branch(pdf)
    return saved(pdf)


def many_dead_links(count: int) -> bytes:
    """One page whose links, so many, lead to a page that is not in the document."""
    pdf = pikepdf.open(io.BytesIO(linked(1, pages=1)))
    stray = pdf.make_indirect(Dictionary(Type=Name.Page, Parent=pdf.Root.Pages))
    link = pdf.make_indirect(Dictionary(Subtype=Name.Link, Rect=Array(BOX), Dest=Array([stray, Name.Fit])))
    pdf.pages[0].Annots = Array([link] * count)
    return saved(pdf)


def _aim(pdf: pikepdf.Pdf, aim: Any) -> dict[str, Any]:
    if isinstance(aim, int):
        return {"Dest": Array([pdf.pages[aim - 1].obj, Name.FitH, 500])}
    if isinstance(aim, str) and aim == "nota":
        return {"A": Dictionary(S=Name.GoTo, D=String(aim))}
    if isinstance(aim, str):
        return {"A": Dictionary(S=Name.URI, URI=String(aim))}
    told: dict[str, Any] = aim
    return told


def _branch(pdf: pikepdf.Pdf) -> None:
    """Put the pages, two by two, below nodes of their own."""
    pages = [page.obj for page in pdf.pages]
    root = pdf.Root.Pages
    nodes = []
    for start in range(0, len(pages), 2):
        kids = pages[start : start + 2]
        node = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=len(kids), Kids=Array(kids), Parent=root))
        for kid in kids:
            kid.Parent = node
        nodes.append(node)
    root.Kids = Array(nodes)
