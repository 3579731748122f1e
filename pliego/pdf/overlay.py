"""Something drawn over or under the content of a page, told in the page as shown: origin at its bottom left, points."""

from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from pliego.pdf.placing import shown_size, upright

PLACES = ("top-left", "top", "top-right", "left", "middle", "right", "bottom-left", "bottom", "bottom-right")


def stamp(
    pdf: Pdf, width: float, height: float, content: bytes, resources: Mapping[str, Object], *, spill: float = 0.0
) -> pikepdf.Stream:
    """A form XObject of this size; ``spill``: how far it may draw beyond it, as accents on capitals do."""
    box = [round(side, 2) for side in (-spill, -spill, width + spill, height + spill)]
    entries = {
        "/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array(box),
        "/Resources": Dictionary(dict(resources)),
    }  # fmt: skip
    return pdf.make_stream(content, entries)


def lay(
    page: Page, form: pikepdf.Stream, x: float, y: float, *, under: bool = False, turn: float = 0.0, scale: float = 1.0
) -> None:
    """Draw a form with its bottom left at a point of the page as shown, turned by so many degrees to the left."""
    name = _name(page, form)
    matrix = pikepdf.Matrix().translated(x, y).rotated(turn).scaled(scale, scale) @ upright(page).inverse()
    drawn = b"q %b cm %b Do Q\n" % (matrix.encode(), name.encode())
    if under:
        page.contents_add(drawn, prepend=True)
        return
    page.contents_add(b"q\n", prepend=True)  # whatever the content leaves behind must not move what is drawn here
    page.contents_add(b"\nQ\n" + drawn)


def turn(page: Page, degrees: float) -> None:
    """Turn all that a page draws about its middle, by so many degrees to the left."""
    x, y = (side / 2 for side in shown_size(page))
    about = pikepdf.Matrix().translated(x, y).rotated(degrees).translated(-x, -y)
    matrix = upright(page) @ about @ upright(page).inverse()
    page.contents_add(b"q %b cm\n" % matrix.encode(), prepend=True)
    page.contents_add(b"\nQ\n")


def _name(page: Page, form: pikepdf.Stream) -> str:
    """What the page calls the form. Its resources may be those of other pages too, so they are copied before."""
    told = page.obj.get("/Resources")
    resources = Dictionary(dict(told.items())) if isinstance(told, Dictionary) else Dictionary()
    things = resources.get("/XObject")
    named = Dictionary(dict(things.items())) if isinstance(things, Dictionary) else Dictionary()
    number = len(named)
    while f"/Stamp{number}" in named:
        number += 1
    named[f"/Stamp{number}"] = form
    resources.XObject = named
    page.obj.Resources = resources
    return f"/Stamp{number}"


def place(page: Page, where: str, size: tuple[float, float], margin: float) -> tuple[float, float]:
    """The bottom left of a thing of this size at one of PLACES, so far from the edges."""
    width, height = shown_size(page)
    across, down = size
    x = margin if "left" in where else width - across - margin if "right" in where else (width - across) / 2
    y = height - down - margin if "top" in where else margin if "bottom" in where else (height - down) / 2
    return x, y


def opacity(value: float) -> Dictionary:
    """Resources with the graphics state /G that draws everything so far see-through: 1 is solid."""
    return Dictionary(G=Dictionary(Type=Name.ExtGState, ca=round(value, 3), CA=round(value, 3)))


def rgb(colour: str) -> bytes:
    """The operands of rg for #rrggbb."""
    return b" ".join(b"%.3f" % (int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
