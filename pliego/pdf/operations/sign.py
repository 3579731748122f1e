"""A signature to be seen: drawn by hand, or the picture of one."""

from typing import Annotated

from pikepdf import Dictionary, Pdf, Stream

from pliego.errors import NotGiven
from pliego.errors import gettext_noop as _
from pliego.pdf.areas import shown_areas
from pliego.pdf.fields import areas as areas_field
from pliego.pdf.fields import choice, drawing, number, only, text
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.operation import Group, operation
from pliego.pdf.operations.watermark import PLACE_NAMES
from pliego.pdf.overlay import lay, place, stamp
from pliego.pdf.picturing import image_object
from pliego.pdf.placing import MILLIMETRE, shown_size
from pliego.pdf.typeface import ASCENT, DESCENT, SPILL, Typeface, composed
from pliego.pdf.work import Work

TYPE_SIZE = 9.0
LARGEST = 36.0
"""Type size of words that are the signature."""
_NAMED = " ".join([*PLACE_NAMES, "at"])


@operation(
    label=_("Sign visibly"),
    summary=_("Put your signature, drawn, typed or as a picture, onto a page."),
    help=_("It is seen like a signature on paper. It is no digital signature: it does not prove who signed."),
    group=Group.EDIT,
    icon="signature",
    sample={"picture": "picture.png", "words": "Ana, 1/2/2026"},
)
def sign(
    work: Work,
    *,
    picture: Annotated[str, drawing(_("Signature"), _("A PNG with a see-through background, or a JPEG."))],
    words: Annotated[
        str, text(_("Words below"), _("Such as name and date. Without a picture they are the signature."))
    ],
    where: Annotated[
        str,
        choice(
            _("Place"),
            {**PLACE_NAMES, "at": _("At this point"), "area": _("Where I put it on the page")},
            default="bottom-right",
        ),
    ],
    areas: Annotated[
        str,
        only(
            areas_field(
                _("Places"),
                _("One on each line: page: left, top, width, height, such as 1: 60%, 80%, 30%, 8%."),
                board="put",
            ),
            where="area",
        ),
    ],
    pages: Annotated[str, only(pages_field(_("Page"), _("Such as 1 or last."), default="last"), where=_NAMED)],
    left: Annotated[float, only(number(_("From the left"), 0, 5000, default=120, unit="mm"), where="at")],
    top: Annotated[float, only(number(_("From the top"), 0, 5000, default=240, unit="mm"), where="at")],
    width: Annotated[float, only(number(_("Width"), 5, 500, default=50, unit="mm"), where=_NAMED)],
) -> None:
    """One stamp, drawn by each chosen page."""
    given = work.further("picture")
    line = composed(" ".join(words.split()))
    if given is None and not line:
        raise NotGiven(what="picture")
    pdf = work.open()
    wide = width * MILLIMETRE
    form, across, high = _drawn(pdf, given.read(), wide, line) if given else _typed(pdf, wide, line)
    if where == "area":
        _fit(work, pdf, form, (across, high), areas)
    for index in work.changing(pages, pdf) if where != "area" else ():
        page = pdf.pages[index]
        if where == "at":
            point = (left * MILLIMETRE, shown_size(page)[1] - top * MILLIMETRE - high)
        else:
            point = place(page, where, (across, high), 15 * MILLIMETRE)
        lay(page, form, *point)
    work.save(pdf)


def _fit(work: Work, pdf: Pdf, form: Stream, size: tuple[float, float], areas: str) -> None:
    """The stamp in the middle of each area, as large as fits."""
    told = shown_areas(areas, pdf)
    if not told:
        raise NotGiven(what="areas")
    work.first = min(index for index, _area in told) + 1
    across, high = size
    for index, box in told:
        scale = min(box.width / across, box.height / high)
        x, y = box.llx + (box.width - across * scale) / 2, box.lly + (box.height - high * scale) / 2
        lay(pdf.pages[index], form, x, y, scale=scale)


def _drawn(pdf: Pdf, picture: bytes, wide: float, line: str) -> tuple[Stream, float, float]:
    """The picture, words below it; with its width and height."""
    image, ratio = image_object(pdf, picture)
    foot = TYPE_SIZE * 1.3 if line else 0.0
    high = wide / ratio + foot
    content = b"q %.3f 0 0 %.3f 0 %.3f cm /X Do Q" % (wide, high - foot, foot)
    resources = {"/XObject": Dictionary(X=image)}
    across = wide
    if line:
        face = Typeface(pdf, line)
        content += b" 0 g BT /F %.1f Tf 0 3 Td %b Tj ET" % (TYPE_SIZE, face.written(line))
        resources["/Font"] = Dictionary(F=face.font)
        across = max(wide, face.width(line, TYPE_SIZE) + 1)
    return stamp(pdf, across, high, content, resources, spill=TYPE_SIZE * SPILL), across, high


def _typed(pdf: Pdf, wide: float, line: str) -> tuple[Stream, float, float]:
    """The words alone, as large as the width lets them be; with their width and height."""
    face = Typeface(pdf, line)
    size = min(max(wide / face.width(line, 1), TYPE_SIZE), LARGEST)
    across, high = face.width(line, size), size * (ASCENT + DESCENT)
    content = b"0 g BT /F %.2f Tf 0 %.3f Td %b Tj ET" % (size, size * DESCENT, face.written(line))
    return stamp(pdf, across, high, content, {"/Font": Dictionary(F=face.font)}, spill=size * SPILL), across, high
