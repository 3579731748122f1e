"""Make a PDF of pictures."""

import io
import re
from typing import Annotated

import img2pdf
from PIL import Image, ImageOps, UnidentifiedImageError

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice, flag, number, only
from pliego.pdf.operation import Group, Inputs, operation
from pliego.pdf.operations.resize import SIZES
from pliego.pdf.placing import MILLIMETRE, PAPERS
from pliego.pdf.refusals import HeicUnknown, NotAnImage, PictureKindUnknown
from pliego.pdf.report import Step
from pliego.pdf.work import Work

MAX_PIXELS = 200_000_000
MAX_FRAMES = 2000
"""Pages of a TIFF."""

_HEIC = re.compile(rb".{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL)
"""Not read: what decodes it (libde265, LGPL) begins a thread, which a confined child may not."""
_UNKNOWN = {
    re.compile(rb"\xff\x0a|\0\0\0\x0cJXL ", re.DOTALL): "JPEG XL",
    re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<svg", re.DOTALL): "SVG",
}
"""Other kinds that people have, by how they begin."""


@operation(
    label=_("Pictures to PDF"),
    summary=_("Make a PDF of photographs, scans and drawings: JPEG, PNG, TIFF, WebP, GIF."),
    help=_("A JPEG is taken over byte for byte, so it loses nothing. Photographs stand upright as their camera noted."),
    group=Group.CONVERT,
    icon="images",
    inputs=Inputs.IMAGES,
    sample={},
)
def images(
    work: Work,
    *,
    paper: Annotated[str, choice(_("Page size"), {"image": _("As large as the picture"), **SIZES}, default="a4")],
    margin: Annotated[float, number(_("Margin"), 0, 100, default=0, unit="mm")],
    enlarge: Annotated[
        bool,
        only(
            flag(_("Enlarge small pictures"), _("Up to the margins of the page."), default=True), paper=" ".join(SIZES)
        ),
    ],
) -> None:
    """Each picture, and each page of a TIFF, becomes a page; it lies down when the picture is wider than high."""
    data = [_readable(work.given(number)) for number in work.each(Step.PICTURES, range(len(work.names)))]
    with work.result() as file:
        try:
            img2pdf.convert(
                data, outputstream=file, layout_fun=_layout(paper, margin * MILLIMETRE, enlarge=enlarge),
                rotation=img2pdf.Rotation.ifvalid, engine=img2pdf.Engine.pikepdf, nodate=True,
            )  # fmt: skip
        except (img2pdf.ImageOpenError, img2pdf.PdfTooLargeError, UnidentifiedImageError, ValueError, OSError) as error:
            raise NotAnImage from error
        work.pages = sum(_frames(each) for each in data)


def _layout(paper: str, margin: float, *, enlarge: bool) -> object:
    if paper == "image":
        return img2pdf.get_layout_fun(border=(margin, margin) if margin else None)
    fit = img2pdf.FitMode.into if enlarge else img2pdf.FitMode.shrink
    width, height = PAPERS[paper]
    edge = min(margin, width * 0.4)
    return img2pdf.get_layout_fun(
        pagesize=(width, height), border=(edge, edge), fit=fit, auto_orient=True,
    )  # fmt: skip


def _readable(data: bytes) -> bytes:
    """A picture as the converter takes it: JPEG as it is, and all that has no see-through parts and is known to it."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS or getattr(image, "n_frames", 1) > MAX_FRAMES:
                raise NotAnImage
            if image.format == "JPEG" or (image.format == "TIFF" and image.mode in ("1", "L", "RGB")):
                return data
            if image.format == "PNG" and image.mode in ("1", "L", "RGB", "P") and "transparency" not in image.info:
                return data
            return _flattened(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _refusal(data) from error


def _refusal(data: bytes) -> NotAnImage:
    if _HEIC.match(data):
        return HeicUnknown()
    kind = next((kind for begin, kind in _UNKNOWN.items() if begin.match(data)), "")
    return PictureKindUnknown(kind=kind) if kind else NotAnImage()


def _flattened(image: Image.Image) -> bytes:
    """On white paper, as a PNG."""
    if image.mode not in ("RGB", "L", "1"):
        see_through = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(see_through, mask=see_through.getchannel("A"))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _frames(data: bytes) -> int:
    with Image.open(io.BytesIO(data)) as image:
        return int(getattr(image, "n_frames", 1)) if image.format != "JPEG" else 1
