"""Take out the pictures as they are in the file."""

import io
from pathlib import PurePath
from typing import Annotated, Any

import pikepdf
from pikepdf import PdfImage, Stream
from PIL import Image

from pliego.errors import gettext_noop as _
from pliego.pdf.drawn import Drawn
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.fields import whole
from pliego.pdf.operation import Group, Output, operation
from pliego.pdf.report import Step
from pliego.pdf.work import Work, chosen
from pliego.pdf.zipping import Zip

MAX_PIXELS = 120_000_000
_AS_IT_IS = {"/DCTDecode": "jpg", "/JPXDecode": "jp2"}


@operation(
    label=_("Extract pictures"),
    summary=_("Take out the photographs and drawings of a PDF as picture files."),
    help=_(
        "A JPEG comes out byte for byte, others as PNG. Drawings made of lines are no pictures: draw the page then."
    ),
    group=Group.CONVERT,
    icon="image-down",
    output=Output.ZIP,
    sample={"least": 1},
    notes={
        "pictures": _("%(count)s pictures."),
        "pictures:one": _("%(count)s picture."),
        "unknown": _("%(count)s pictures are of a kind that cannot be taken out."),
        "unknown:one": _("%(count)s picture is of a kind that cannot be taken out."),
    },
)
def extract_images(
    work: Work,
    *,
    least: Annotated[int, whole(_("Leave out pictures smaller than"), 1, 5000, default=32, unit="px")],
    pages: Annotated[str, pages_field()],
) -> None:
    """Each picture once, however often it is drawn."""
    pdf = work.open()
    drawn = Drawn()
    for index in chosen(pages, pdf):
        pdf.pages[index].externalize_inline_images(min_size=0)
        drawn.add_page(pdf.pages[index])
    large = [each for each in drawn.pictures.values() if _side(each) >= least]
    stem, count, unknown = PurePath(work.names[0]).stem, 0, 0
    with work.result() as file, Zip(file) as zipped:
        for picture in work.each(Step.PICTURES, large):
            taken = _taken(picture)
            if taken is None:
                unknown += 1
                continue
            count += 1
            zipped.add(f"{stem} {count:03}.{taken[0]}", taken[1], packed=False)
    work.note("pictures", count=count)
    if unknown:
        work.note("unknown", count=unknown)


def _side(picture: Stream) -> int:
    sides: list[Any] = [picture.get("/Width"), picture.get("/Height")]
    return min(sides) if all(isinstance(side, int) for side in sides) else 0


def _taken(picture: Stream) -> tuple[str, bytes] | None:
    """The ending and the bytes of a picture file; None for a kind that is not known."""
    packing = picture.get("/Filter")
    if str(packing) in _AS_IT_IS and "/SMask" not in picture:
        return _AS_IT_IS[str(packing)], picture.read_raw_bytes()
    if int(picture.Width) * int(picture.Height) > MAX_PIXELS:
        return None
    try:
        image = PdfImage(picture).as_pil_image()
        mask = picture.get("/SMask")
        if isinstance(mask, Stream) and image.mode in ("L", "RGB"):
            image = image.convert("RGB")
            image.putalpha(PdfImage(mask).as_pil_image().convert("L").resize(image.size))
        out = io.BytesIO()
        image.convert("RGB" if image.mode == "CMYK" else image.mode).save(out, "PNG")
    except (pikepdf.PikepdfError, NotImplementedError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, Image.DecompressionBombError):  # odd dictionaries
        return None
    return "png", out.getvalue()
