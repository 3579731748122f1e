"""Where links and bookmarks lead: places in the document, by page or by name (ISO 32000-2, 12.3.2)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, String

Place = Array
"""An explicit destination: a page, then how it is shown."""


@dataclass(slots=True)
class Places:
    """The named places of a document, and the numbers of its pages."""

    named: dict[str, Place] = field(default_factory=dict)
    pages: dict[tuple[int, int], int] = field(default_factory=dict)
    """The index of each page by its object's number and generation."""

    def of(self, aim: Any) -> Place | None:
        """The place that a /Dest or the /D of an action means; None when there is none such."""
        if isinstance(aim, String | Name):
            aim = self.named.get(str(aim))
        if isinstance(aim, Dictionary):
            aim = aim.get("/D")
        return aim if isinstance(aim, Array) and len(aim) and isinstance(aim[0], Dictionary) else None

    def page(self, place: Place | None) -> int | None:
        """The index of its page, None when it is none of this document."""
        return None if place is None else self.pages.get(place[0].objgen)

    def aim(self, holder: Dictionary) -> Place | None:
        """The place that a link or bookmark leads to, by its /Dest or its go-to action."""
        return self.of(aim_of(holder))


def aim_of(holder: Dictionary) -> Any:
    """What a link or bookmark names as its place: an array, or the name of one; None for one that leads elsewhere."""
    action = holder.get("/A")
    if isinstance(action, Dictionary) and action.get("/S") == "/GoTo":
        return action.get("/D")
    return holder.get("/Dest")


def places_of(pdf: pikepdf.Pdf) -> Places:
    """The named places and the pages of a document."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    return Places(dict(_named(pdf)), pages)


def _named(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Place]]:
    old = pdf.Root.get("/Dests")
    tree = name_tree(pdf, "/Dests")
    for names in (old if isinstance(old, Dictionary) else None, tree):
        for name, aim in names.items() if names is not None else ():
            place = aim.get("/D") if isinstance(aim, Dictionary) else aim
            if isinstance(place, Array) and len(place):
                yield str(name), place


def name_tree(pdf: pikepdf.Pdf, name: str) -> NameTree | None:
    """One of the trees below /Names in the catalog. One written within them becomes an object of its own."""
    names = pdf.Root.get("/Names")
    tree = names.get(name) if isinstance(names, Dictionary) else None
    if not isinstance(names, Dictionary) or not isinstance(tree, Dictionary):
        return None
    if not tree.is_indirect:
        names[name] = tree = pdf.make_indirect(tree)
    return NameTree(tree)


def annotations(page: pikepdf.Object) -> list[Dictionary]:
    """The annotations of a page."""
    found = page.get("/Annots")
    return [each for each in found if isinstance(each, Dictionary)] if isinstance(found, Array) else []


def drop_dead_links(pages: list[Dictionary], places: Places) -> int:
    """Remove the links that lead to no page of the document; return how many."""
    dropped = 0
    for page in pages:
        found = annotations(page)
        living = [link for link in found if not _dead(link, places)]
        if len(living) < len(found):
            dropped += len(found) - len(living)
            page.Annots = Array(living)
    return dropped


def _dead(link: Dictionary, places: Places) -> bool:
    if link.get("/Subtype") != "/Link":
        return False
    action = link.get("/A")
    inside = isinstance(action, Dictionary) and action.get("/S") == "/GoTo"
    return (inside or ("/Dest" in link and action is None)) and places.page(places.aim(link)) is None
