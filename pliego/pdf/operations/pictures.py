"""Make a picture of each page."""

import io
from pathlib import PurePath
from typing import Annotated

import pypdfium2
from PIL import Image

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice, flag, only, whole
from pliego.pdf.fields import pages as pages_field
from pliego.pdf.operation import Group, Output, operation
from pliego.pdf.ranges import Pages
from pliego.pdf.report import Step
from pliego.pdf.work import Work
from pliego.pdf.zipping import Zip

MAX_PIXELS = 60_000_000
"""Of one picture; a larger page is drawn smaller."""
KINDS = {"png": "PNG", "jpeg": "JPEG", "webp": "WebP"}


@operation(
    label=_("PDF to pictures"),
    summary=_("Draw each page as a PNG, JPEG or WebP picture."),
    help=_("The pictures come as a ZIP. 150 pixels to an inch are good for screens, 300 for printing."),
    group=Group.CONVERT,
    icon="file-image",
    output=Output.ZIP,
    sample={"kind": "webp", "resolution": 50},
    notes={
        "shrunk": _("%(count)s pages are so large that they were drawn with fewer pixels."),
        "shrunk:one": _("%(count)s page is so large that it was drawn with fewer pixels."),
    },
)
def pictures(
    work: Work,
    *,
    kind: Annotated[str, choice(_("Kind of picture"), KINDS, default="png")],
    resolution: Annotated[int, whole(_("Resolution"), 20, 1200, default=150, help=_("Pixels to an inch."))],
    quality: Annotated[int, only(whole(_("Quality of JPEG and WebP"), 1, 100, default=85), kind="jpeg webp")],
    grey: Annotated[bool, flag(_("In shades of grey"))],
    pages: Annotated[str, pages_field()],
) -> None:
    """One page at a time is drawn and packed."""
    document = work.draw()
    document.init_forms()
    numbers = Pages.parse(pages).chosen(len(document))
    stem, digits, shrunk = PurePath(work.names[0]).stem, len(str(len(document))), 0
    with work.result() as file, Zip(file) as zipped:
        for number in work.each(Step.PAGES, numbers):
            image, smaller = _drawn(document[number - 1], resolution, grey=grey)
            shrunk += smaller
            out = io.BytesIO()
            more = {"dpi": (resolution, resolution)} if kind != "webp" else {}
            image.save(out, KINDS[kind], quality=quality, **more)
            zipped.add(f"{stem} {number:0{digits}}.{'jpg' if kind == 'jpeg' else kind}", out.getvalue(), packed=False)
    if shrunk:
        work.note("shrunk", count=shrunk)


def _drawn(page: pypdfium2.PdfPage, resolution: int, *, grey: bool) -> tuple[Image.Image, bool]:
    """The picture of a page, and whether it has fewer pixels than asked for."""
    width, height = page.get_size()
    scale = resolution / 72
    most = (MAX_PIXELS / max(width * height, 1)) ** 0.5
    image = page.render(scale=min(scale, most), grayscale=grey).to_pil()
    page.close()
    return image.convert("L" if grey else "RGB"), most < scale
