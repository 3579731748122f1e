"""Words or a picture across the pages."""

import math
from typing import Annotated

from pikepdf import Dictionary, Page, Pdf, Stream

from pliego.errors import NotGiven
from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice, colour, file, flag, number
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.fields import text as text_field
from pliego.pdf.operation import Group, operation
from pliego.pdf.overlay import PLACES, lay, opacity, place, rgb, stamp
from pliego.pdf.picturing import image_object
from pliego.pdf.placing import MILLIMETRE, shown_size
from pliego.pdf.report import Step
from pliego.pdf.typeface import ASCENT, DESCENT, SPILL, Typeface, composed
from pliego.pdf.work import Work

PLACE_NAMES = dict(
    zip(
        PLACES,
        (
            _("Top left"), _("Top middle"), _("Top right"), _("Left side"), _("In the middle"), _("Right side"),
            _("Bottom left"), _("Bottom middle"), _("Bottom right"),
        ),
        strict=True,
    )
)  # fmt: skip
SIZE = 100.0
"""Type size of the stamp, which is scaled to what is asked for."""


@operation(
    label=_("Add a watermark"),
    summary=_("Put words or a picture across the pages, as strong or as faint as you like."),
    help=_("A watermark says whose a document is; it does not keep anybody from removing it."),
    group=Group.EDIT,
    icon="stamp",
    sample={"text": "Draft", "picture": "picture.png"},
)
def watermark(
    work: Work,
    *,
    text: Annotated[str, text_field(_("Words"), _("One line."))],
    picture: Annotated[str, file(_("Picture"), _("A PNG or JPEG, instead of words."))],
    where: Annotated[str, choice(_("Place"), {"diagonal": _("Across the page"), **PLACE_NAMES}, default="diagonal")],
    width: Annotated[float, number(_("Width"), 1, 100, default=70, help=_("Of the page's width."), unit="%")],
    strength: Annotated[float, number(_("Strength"), 1, 100, default=30, unit="%")],
    colour: Annotated[str, colour(_("Colour of the words"), "#666666")],
    under: Annotated[bool, flag(_("Behind the content"), _("Pictures of scans hide what lies behind them."))],
    pages: Annotated[str, pages_field()],
) -> None:
    """One stamp for each width of page, drawn by each."""
    pdf = work.open()
    given = work.further("picture")
    if not given and not text.strip():
        raise NotGiven(what="text")
    made: dict[float, tuple[Stream, float, float]] = {}
    data = given.read() if given else b""
    for index in work.each(Step.PAGES, work.changing(pages, pdf)):
        page = pdf.pages[index]
        turn = _diagonal(page) if where == "diagonal" else 0.0
        wide = round(_span(page, turn) * width / 100, 1)
        if wide not in made:
            made[wide] = _picture(pdf, data, wide, strength) if data else _words(pdf, text, wide, strength, colour)
        form, across, down = made[wide]
        if where == "diagonal":
            _lay_across(page, form, across, down, turn, under=under)
        else:
            lay(page, form, *place(page, where, (across, down), 10 * MILLIMETRE), under=under)
    work.save(pdf)


def _diagonal(page: Page) -> float:
    width, height = shown_size(page)
    return math.degrees(math.atan2(height, width))


def _span(page: Page, turn: float) -> float:
    width, height = shown_size(page)
    return math.hypot(width, height) * 0.85 if turn else width


def _lay_across(page: Page, form: Stream, across: float, down: float, turn: float, *, under: bool) -> None:
    width, height = shown_size(page)
    angle = math.radians(turn)
    x = width / 2 - (across * math.cos(angle) - down * math.sin(angle)) / 2
    y = height / 2 - (across * math.sin(angle) + down * math.cos(angle)) / 2
    lay(page, form, x, y, under=under, turn=turn)


def _words(pdf: Pdf, text: str, wide: float, strength: float, colour: str) -> tuple[Stream, float, float]:
    line = composed(" ".join(text.split()))
    face = Typeface(pdf, line)
    size = SIZE * wide / max(face.width(line, SIZE), 1)
    down = size * (ASCENT + DESCENT)
    content = b"/G gs %b rg BT /F %.3f Tf 0 %.3f Td %b Tj ET" % (
        rgb(colour), size, size * DESCENT, face.written(line),
    )  # fmt: skip
    resources = {"/Font": Dictionary(F=face.font), "/ExtGState": opacity(strength / 100)}
    return stamp(pdf, wide, down, content, resources, spill=size * SPILL), wide, down


def _picture(pdf: Pdf, data: bytes, wide: float, strength: float) -> tuple[Stream, float, float]:
    image, ratio = image_object(pdf, data)
    down = wide / ratio
    content = b"/G gs q %.3f 0 0 %.3f 0 0 cm /X Do Q" % (wide, down)
    resources = {"/XObject": Dictionary(X=image), "/ExtGState": opacity(strength / 100)}
    return stamp(pdf, wide, down, content, resources), wide, down
