"""Page numbers, headers and footers."""

import re
from pathlib import PurePath
from typing import Annotated

from pikepdf import Dictionary

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice, colour, flag, text, whole
from pliego.pdf.fields import number as number_field
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.metadata import read_metadata
from pliego.pdf.operation import Group, operation
from pliego.pdf.operations.watermark import PLACE_NAMES
from pliego.pdf.overlay import lay, place, rgb, stamp
from pliego.pdf.placing import MILLIMETRE
from pliego.pdf.report import Step
from pliego.pdf.title import one_line
from pliego.pdf.typeface import ASCENT, DESCENT, SPILL, Typeface, composed, nearest
from pliego.pdf.work import Work

_EDGES = {where: label for where, label in PLACE_NAMES.items() if "top" in where or "bottom" in where}
_MIRRORED = {"left": "right", "right": "left"}


@operation(
    label=_("Add page numbers"),
    summary=_("Print numbers, a title or any words at the head or foot of the pages."),
    help=_("{page} is the number, {pages} how many there are, {title} the title of the document, {file} its name."),
    group=Group.EDIT,
    icon="hash",
    sample={"text": "{page} / {pages}"},
)
def number(
    work: Work,
    *,
    text: Annotated[str, text(_("Words"), _("Such as {page} / {pages}."), default="{page}")],
    where: Annotated[str, choice(_("Place"), _EDGES, default="bottom")],
    first: Annotated[int, whole(_("Number of the first page"), 0, 100_000, default=1)],
    size: Annotated[float, number_field(_("Type size"), 4, 72, default=10, unit="pt")],
    margin: Annotated[float, number_field(_("Distance from the edge"), 0, 100, default=10, unit="mm")],
    colour: Annotated[str, colour(_("Colour"), "#000000")],
    facing: Annotated[bool, flag(_("For facing pages"), _("Left and right change places on even pages."))],
    pages: Annotated[str, pages_field()],
) -> None:
    """Each page draws its own line."""
    pdf = work.open()
    indexes = work.changing(pages, pdf)
    title = read_metadata(pdf).get("title", "")
    told = {"title": title, "file": PurePath(work.names[0]).stem}
    facts = {name: nearest(one_line(words)) for name, words in told.items()}
    facts["pages"] = str(first + len(indexes) - 1)
    lines = [_filled(text, {**facts, "page": str(number)}) for number in range(first, first + len(indexes))]
    face = Typeface(pdf, "".join(lines))
    down = size * (ASCENT + DESCENT)
    for count, index in enumerate(work.each(Step.PAGES, indexes)):
        across = face.width(lines[count], size)
        content = b"%b rg BT /F %.2f Tf 0 %.3f Td %b Tj ET" % (
            rgb(colour), size, size * DESCENT, face.written(lines[count]),
        )  # fmt: skip
        form = stamp(pdf, across + 1, down, content, {"/Font": Dictionary(F=face.font)}, spill=size * SPILL)
        at = _mirrored(where) if facing and (first + count) % 2 == 0 else where
        lay(pdf.pages[index], form, *place(pdf.pages[index], at, (across, down), margin * MILLIMETRE))
    work.save(pdf)


def _filled(text: str, facts: dict[str, str]) -> str:
    line = composed(" ".join(text.split()))
    return re.sub(r"\{(\w+)\}", lambda gap: facts.get(gap[1], gap[0]), line)


def _mirrored(where: str) -> str:
    edge, _dash, side = where.partition("-")
    return f"{edge}-{_MIRRORED[side]}" if side else where
