"""Show less of each page."""

from typing import Annotated

import pypdfium2
from pikepdf import Array, Page, Pdf
from PIL import Image, ImageOps

from pliego.errors import BadRequest, NotGiven
from pliego.errors import gettext_noop as _
from pliego.pdf.areas import shown_areas
from pliego.pdf.fields import areas, choice, flag, number, only
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.operation import Group, operation
from pliego.pdf.placing import MILLIMETRE, inset, shown_size
from pliego.pdf.report import Step
from pliego.pdf.work import Work

Margins = tuple[float, float, float, float]
"""Left, top, right, bottom, in points of the page as shown."""
PAPER = 245
"""A grey as light as this, of 255, is no content."""
SIDE = 800
"""Pixels of the longer side in which content is looked for."""

_WAYS = {"margins": _("These margins"), "content": _("Empty margins"), "area": _("All but an area")}
_AREA = only(
    areas(
        _("Area that stays"),
        _("Page: left, top, width, height, such as 1: 10%, 5%, 80%, 90%. All pages are cut like this one."),
        board="one",
    ),
    by="area",
)


@operation(
    label=_("Crop pages"),
    summary=_("Cut off margins: by the millimetre, or as far as they are empty."),
    help=_("What is cut off is not shown any more but stays in the file."),
    group=Group.ORGANISE,
    icon="crop",
    sample={"by": "content"},
    notes={
        "empty": _("%(count)s empty pages were left as they are."),
        "empty:one": _("%(count)s empty page was left as it is."),
    },
)
def crop(
    work: Work,
    *,
    by: Annotated[str, choice(_("Cut off"), _WAYS, default="margins")],
    left: Annotated[float, only(number(_("Left"), 0, 5000, default=10, unit="mm"), by="margins")],
    top: Annotated[float, only(number(_("Top"), 0, 5000, default=10, unit="mm"), by="margins")],
    right: Annotated[float, only(number(_("Right"), 0, 5000, default=10, unit="mm"), by="margins")],
    bottom: Annotated[float, only(number(_("Bottom"), 0, 5000, default=10, unit="mm"), by="margins")],
    space: Annotated[
        float, only(number(_("Space that stays around the content"), 0, 500, default=5, unit="mm"), by="content")
    ],
    alike: Annotated[
        bool,
        only(
            flag(_("All pages alike"), _("The same margins for all pages: the smallest empty ones."), default=True),
            by="content",
        ),
    ],
    area: Annotated[str, _AREA],
    pages: Annotated[str, pages_field()],
) -> None:
    """The crop box of each page becomes smaller; nothing is drawn anew."""
    pdf = work.open()
    indexes = work.changing(pages, pdf)
    if by == "content":
        found = _empty_margins(work, indexes, space * MILLIMETRE)
        if alike and found:
            least: Margins = tuple(min(margins[side] for margins in found.values()) for side in range(4))  # type: ignore[assignment]
            found = dict.fromkeys(found, least)
        if len(found) < len(indexes):
            work.note("empty", count=len(indexes) - len(found))
    elif by == "area":
        found = _around(pdf, area, indexes)
    else:
        told = (left * MILLIMETRE, top * MILLIMETRE, right * MILLIMETRE, bottom * MILLIMETRE)
        found = dict.fromkeys(indexes, told)
    for index, margins in found.items():
        _cut(pdf.pages[index], margins)
    work.save(pdf)


def _around(pdf: Pdf, area: str, indexes: list[int]) -> dict[int, Margins]:
    """The margins around the one area that is told, in proportion to the size of each page."""
    told = shown_areas(area, pdf)
    if len(told) != 1:
        raise NotGiven(what="area")
    index, box = told[0]
    across, down = shown_size(pdf.pages[index])
    parts = (box.llx / across, 1 - box.ury / down, 1 - box.urx / across, box.lly / down)
    sizes = {each: shown_size(pdf.pages[each]) * 2 for each in indexes}
    return {
        each: tuple(max(part, 0.0) * side for part, side in zip(parts, sides, strict=True))  # type: ignore[misc]
        for each, sides in sizes.items()
    }


def _cut(page: Page, margins: Margins) -> None:
    box = inset(page, *margins)
    if box is None:
        width, height = shown_size(page)
        raise BadRequest(what=f"{width / MILLIMETRE:.0f} x {height / MILLIMETRE:.0f} mm")
    rounded = Array([round(side, 3) for side in (box.llx, box.lly, box.urx, box.ury)])
    page.obj.CropBox = rounded
    for key in ("/TrimBox", "/BleedBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]


def _empty_margins(work: Work, indexes: list[int], space: float) -> dict[int, Margins]:
    """The margins without content of each page that has any content."""
    document = work.draw()
    found = {}
    for index in work.each(Step.PAGES, indexes):
        margins = _margins_of(document[index], space)
        if margins:
            found[index] = margins
    return found


def _margins_of(page: pypdfium2.PdfPage, space: float) -> Margins | None:
    width, height = page.get_size()
    scale = SIDE / max(width, height)
    box = content_box(page.render(scale=scale, grayscale=True).to_pil())
    page.close()
    if box is None:
        return None
    x, y, right, bottom = (side / scale for side in box)
    empty = (x, y, width - right, height - bottom)
    return tuple(max(margin - space, 0.0) for margin in empty)


def content_box(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """Where on a grey picture there is more than paper; None when there is nothing."""
    return ImageOps.invert(picture).point(lambda value: 255 if value > 255 - PAPER else 0).getbbox()
