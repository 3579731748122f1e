"""Leave out pages with nothing on them."""

from typing import Annotated

import pypdfium2
from PIL import ImageOps

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice
from pliego.pdf.operation import Group, operation
from pliego.pdf.operations.extract import NOTES, keep
from pliego.pdf.refusals import NoPageLeft
from pliego.pdf.report import Step
from pliego.pdf.transplant import Donor
from pliego.pdf.work import Work

SIDE = 600
INK = {"strict": 0.0, "usual": 0.0001, "tolerant": 0.0005}
"""Part of a page that may be darker than paper."""
PAPER = {"strict": 254, "usual": 235, "tolerant": 200}
"""A grey as light as this, of 255, is paper."""
_MARGIN = 0.03


@operation(
    label=_("Remove blank pages"),
    summary=_("Find the pages with nothing on them and leave them out."),
    help=_("For scans made on both sides. Specks and shadows at the edges of a scan may be overlooked."),
    group=Group.ORGANISE,
    icon="file-x",
    sample={},
    notes={
        **NOTES,
        "removed": _("Blank pages that were removed: %(what)s."),
        "nothing": _("No page was blank."),
    },
)
def remove_blank(
    work: Work,
    *,
    ink: Annotated[
        str,
        choice(
            _("A page is blank"),
            {
                "strict": _("when nothing at all is on it"),
                "usual": _("when there are only a few specks"),
                "tolerant": _("when there are specks, shadows or stains"),
            },
            default="usual",
        ),
    ],
) -> None:
    """Each page is drawn in small and its dark spots are counted."""
    document = work.draw()
    numbers = range(len(document))
    blank = {index for index in work.each(Step.PAGES, numbers) if _is_blank(document[index], ink)}
    if not blank:
        work.note("nothing")
        work.pages = len(document)
        work.keep_input()
        return
    if len(blank) == len(document):
        raise NoPageLeft
    work.note("removed", what=", ".join(str(index + 1) for index in sorted(blank)))
    keep(work, Donor(work.open()), [index for index in numbers if index not in blank])


def _is_blank(page: pypdfium2.PdfPage, ink: str) -> bool:
    picture = page.render(scale=SIDE / max(*page.get_size(), 1), grayscale=True).to_pil()
    has_words = ink != "tolerant" and page.get_textpage().count_chars() > 0
    page.close()
    if has_words:
        return False
    if ink != "strict":  # the edges of a scan are shadows
        edge = round(min(picture.size) * _MARGIN)
        picture = ImageOps.crop(picture, edge) if min(picture.size) > 4 * edge > 0 else picture
    dark = sum(picture.histogram()[: PAPER[ink]])
    return bool(dark <= INK[ink] * picture.width * picture.height)
