"""The bookmarks of a document as a tree of values that can be cut, joined and written again (ISO 32000-2, 12.3.3)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from pliego.pdf.destinations import Places

MAX_ENTRIES = 50_000
MAX_LEVEL = 50


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the table of contents."""

    title: str
    page: int | None = None
    """Index of the page it leads to, None when it leads to none of this document."""
    view: tuple[object, ...] = (Name.Fit,)
    """How the page is shown: what follows the page in a destination."""
    address: str = ""
    """The address on the web that it leads to instead."""
    colour: tuple[float, ...] = ()
    flags: int = 0
    """1 for italic, 2 for bold, 3 for both."""
    open: bool = False
    children: tuple["Bookmark", ...] = field(default=())


def read_bookmarks(pdf: pikepdf.Pdf, places: Places) -> list[Bookmark]:
    """The bookmarks of a document; rings and what lies too deep are cut off."""
    outlines = pdf.Root.get("/Outlines")
    if not isinstance(outlines, Dictionary):
        return []
    return list(_Reading(places).level(outlines.get("/First"), 1))


class _Reading:
    def __init__(self, places: Places) -> None:
        self.places = places
        self.seen: set[tuple[int, int]] = set()

    def level(self, item: Object | None, depth: int) -> Iterator[Bookmark]:
        while isinstance(item, Dictionary) and depth <= MAX_LEVEL and len(self.seen) < MAX_ENTRIES:
            if item.objgen in self.seen:
                return
            self.seen.add(item.objgen)
            yield self.bookmark(item, depth)
            item = item.get("/Next")

    def bookmark(self, item: Dictionary, depth: int) -> Bookmark:
        place = self.places.aim(item)
        page = self.places.page(place)
        return Bookmark(
            title=str(item.get("/Title", "")),
            page=page,
            view=tuple(map(_plain, list(place)[1:])) if place is not None and page is not None else (Name.Fit,),
            address=_address(item) if page is None else "",
            colour=_colour(item.get("/C")),
            flags=_whole(item.get("/F")),
            open=_whole(item.get("/Count")) > 0,
            children=tuple(self.level(item.get("/First"), depth + 1)),
        )


def _plain(part: object) -> Object | int | Decimal | None:
    """A part of how a place is shown, free of the document that it came from."""
    return Name(str(part)) if isinstance(part, Name) else part if isinstance(part, int | Decimal) else None


def _colour(told: object) -> tuple[float, ...]:
    parts = list(told) if isinstance(told, Array) else []
    return tuple(float(part) for part in parts) if all(isinstance(part, int | Decimal) for part in parts) else ()


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _address(item: Dictionary) -> str:
    action = item.get("/A")
    return str(action.get("/URI", "")) if isinstance(action, Dictionary) and action.get("/S") == "/URI" else ""


def outline_items(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Every item of the outline, in no promised order, each once whatever rings there are."""
    outlines = pdf.Root.get("/Outlines")
    waiting = [outlines.get("/First")] if isinstance(outlines, Dictionary) else []
    seen = set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, Dictionary) and item.objgen not in seen:
            seen.add(item.objgen)
            yield item
            waiting += [item.get("/First"), item.get("/Next")]


def moved(bookmarks: Sequence[Bookmark], where: Callable[[int], int | None]) -> list[Bookmark]:
    """The same with every page's index changed; None says that the page is gone.

    A bookmark that leads nowhere any more goes too, unless others stand below it.
    """
    kept = []
    for bookmark in bookmarks:
        children = moved(bookmark.children, where)
        page = None if bookmark.page is None else where(bookmark.page)
        if page is not None or children or bookmark.address:
            kept.append(replace(bookmark, page=page, children=tuple(children)))
    return kept


def write_bookmarks(pdf: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Make these the bookmarks of a document, in place of those it has."""
    if "/Outlines" in pdf.Root:
        del pdf.Root.Outlines
    if not bookmarks:
        return
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    pages = [page.obj for page in pdf.pages]
    root.Count = _write_level(pdf, root, bookmarks, pages)
    pdf.Root.Outlines = root


def _write_level(pdf: pikepdf.Pdf, parent: Object, bookmarks: Sequence[Bookmark], pages: Sequence[Object]) -> int:
    """Hang bookmarks under a parent; return how many lines are seen while it is open."""
    items = [pdf.make_indirect(_item(bookmark, parent, pages)) for bookmark in bookmarks]
    parent.First, parent.Last = items[0], items[-1]
    for before, after in pairwise(items):
        before.Next, after.Prev = after, before
    seen = len(items)
    for item, bookmark in zip(items, bookmarks, strict=True):
        if bookmark.children:
            below = _write_level(pdf, item, bookmark.children, pages)
            item.Count = below if bookmark.open else -below
            seen += below if bookmark.open else 0
    return seen


def _item(bookmark: Bookmark, parent: Object, pages: Sequence[Object]) -> Dictionary:
    item = Dictionary(Title=String(bookmark.title), Parent=parent)
    if bookmark.page is not None:
        item.Dest = Array([pages[bookmark.page], *bookmark.view])
    elif bookmark.address:
        item.A = Dictionary(S=Name.URI, URI=String(bookmark.address))
    if bookmark.colour:
        item.C = Array(bookmark.colour)
    if bookmark.flags:
        item.F = bookmark.flags
    return item
