"""The links of a page: where on it they lie, and where they lead (ISO 32000-2, 12.5.6.5)."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

import pikepdf
from pikepdf import Dictionary, Name, String

from pliego.errors import NotFound, UnreadablePdf
from pliego.pdf.deep import PageNumbers, page_in
from pliego.pdf.destinations import Place, Places, aim_of, annotations, name_tree
from pliego.pdf.geometry import Frame
from pliego.pdf.source import Source
from pliego.pdf.values import ADDRESS_MOST, SCHEMES, Link

MOST = 500
"""Links told of one page."""
_LEAST = 1.0
"""Points; what is smaller nobody hits."""
_NO_SENSE = (ValueError, TypeError, KeyError, AttributeError, RuntimeError, UnreadablePdf, pikepdf.PdfError)
"""What a link or a tree of pages raises that was written wrongly: it is passed over."""
_TOPS = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2, "/FitR": 5}
"""Where the upper edge stands among the words of a place, by the way it is shown (12.3.2.2)."""


def read_links(source: Source, number: int) -> list[Link]:
    """The links of page ``number`` (from 1) that lead to a page of the document or to the web, at most MOST.

    Raise NotFound without such a page, and what Source.qpdf raises.
    """
    with source.qpdf() as pdf:
        page = _page(pdf, number)
        return list(islice(_links(pdf, page, Frame.of_written(page)), MOST))


def _page(pdf: pikepdf.Pdf, number: int) -> pikepdf.Object:
    """A page, found without those before it where the tree of pages is in order."""
    if number < 1:
        raise NotFound
    with suppress(*_NO_SENSE):
        if page := page_in(pdf.Root.Pages, number):
            return page
    try:
        return pdf.pages[number - 1].obj
    except IndexError as error:
        raise NotFound from error
    except pikepdf.PdfError as error:
        raise UnreadablePdf from error


def _links(pdf: pikepdf.Pdf, page: pikepdf.Object, frame: Frame) -> Iterator[Link]:
    numbers = PageNumbers(pdf.Root.Pages)
    for told in annotations(page):
        if told.get("/Subtype") != "/Link":
            continue
        with suppress(*_NO_SENSE):
            box = _box(told, frame)
            aim = _aim(pdf, told, numbers) if box else None
            if box and aim:
                yield Link(*box, *aim)


def _box(link: Dictionary, frame: Frame) -> tuple[float, float, float, float] | None:
    """Where it lies on the page as shown; None outside of it."""
    one, two, other, three = (float(edge) for edge in link.Rect)
    (left, right), (bottom, top) = sorted((one, other)), sorted((two, three))
    x, y, width, height = frame.place(left, top, right, bottom)
    far, low = min(x + width, frame.width), min(y + height, frame.height)
    x, y = max(x, 0.0), max(y, 0.0)
    if far - x < _LEAST or low - y < _LEAST:
        return None
    return round(x, 1), round(y, 1), round(far - x, 1), round(low - y, 1)


def _aim(pdf: pikepdf.Pdf, link: Dictionary, numbers: PageNumbers) -> tuple[int, float | None, str] | None:
    """Page, height on it and address as in Link; None of one that leads neither to a page nor to the web."""
    action = link.get("/A")
    if isinstance(action, Dictionary) and action.get("/S") == "/URI":
        address = str(action.get("/URI", "")).strip()
        return (0, None, address) if _leads_out(address) else None
    place = _place(pdf, aim_of(link))
    if place is None:
        return None
    return numbers.of(place[0]), _height(place), ""


def _leads_out(address: str) -> bool:
    return address.lower().startswith(SCHEMES) and len(address) <= ADDRESS_MOST and address.isprintable()


def _place(pdf: pikepdf.Pdf, aim: object) -> Place | None:
    """The place that is meant; a name is looked up alone, since a book may have thousands."""
    if isinstance(aim, Name | String):
        tree, old = name_tree(pdf, "/Dests"), pdf.Root.get("/Dests")
        named = tree.get(str(aim)) if tree is not None else None
        aim = named if named is not None or not isinstance(old, Dictionary) else old.get(str(aim))
    return Places().of(aim)


def _height(place: Place) -> float | None:
    """How far below the top of its page as shown a place lies; None where that is not told."""
    at = _TOPS.get(str(place[1])) if len(place) > 1 else None
    if at is None or at >= len(place) or place[at] is None:
        return None
    frame = Frame.of_written(place[0])
    x, y = float(place[2]) if at == _TOPS["/XYZ"] and place[2] is not None else frame.left, float(place[at])
    return round(min(max(frame.place(x, y, x, y)[1], 0.0), frame.height), 1)
