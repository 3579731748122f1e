"""Pages drawn as pictures with black areas, over the words that may stay as text that is not seen but can be searched.

Nothing of the old page is taken over but its size: what was under the areas is in no stream of the new one.
"""

from collections.abc import Sequence

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf
from PIL import Image, ImageDraw

from pliego.pdf.finding import Box, Letters
from pliego.pdf.glyphless import unseen
from pliego.pdf.placing import upright
from pliego.pdf.recoding import Aim, packed_page

RESOLUTION = 200
MAX_PIXELS = 60_000_000
EDGE = 1.0
"""Points that an area reaches beyond the letters."""
QUALITY = 80


def blacken(
    pdf: Pdf, page: Page, drawn: pypdfium2.PdfPage, letters: Letters, areas: Sequence[Box], font: Object
) -> None:
    """Make the page a picture with these areas black; ``font``: the one without ink."""
    grown = [(left - EDGE, bottom - EDGE, right + EDGE, top + EDGE) for left, bottom, right, top in areas]
    width, height = drawn.get_size()
    scale = min(RESOLUTION / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    image = drawn.render(scale=scale).to_pil().convert("RGB")
    _paint(image, page, grown, scale)
    picture = packed_page(pdf, image, Aim(RESOLUTION, QUALITY))
    matrix = pikepdf.Matrix(width, 0, 0, height, 0, 0) @ upright(page).inverse()
    content = b"q %b cm /X Do Q\n%b" % (matrix.encode(), _unseen(letters, grown))
    kept = {key: page.obj[key] for key in ("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate") if key in page.obj}
    for key in list(page.obj.keys()):
        if key not in kept:
            del page.obj[key]
    page.obj.Resources = Dictionary(XObject=Dictionary(X=picture), Font=Dictionary(G=font))
    page.obj.Contents = pdf.make_stream(content)
    if "/MediaBox" not in page.obj:
        page.obj.MediaBox = Array([0, 0, width, height])
    page.obj.Type = Name.Page


def pixels(area: Box, page: Page, scale: float, height: int) -> tuple[int, int, int, int]:
    """An area of the page's own space as left, top, right, bottom on its picture, rounded outwards."""
    shown = upright(page).transform(pikepdf.Rectangle(*area))
    return (
        int(shown.llx * scale), int(height - shown.ury * scale), int(shown.urx * scale) + 1,
        int(height - shown.lly * scale) + 1,
    )  # fmt: skip


def _paint(image: Image.Image, page: Page, areas: Sequence[Box], scale: float) -> None:
    brush = ImageDraw.Draw(image)
    for area in areas:
        brush.rectangle(pixels(area, page, scale, image.height), fill="black")


def _unseen(letters: Letters, areas: Sequence[Box]) -> bytes:
    """The words that no area touches, as text in their places that is not seen."""
    parts = []
    for word in letters.words():
        boxes = [letters.boxes[at] for at in word]
        if any(_touch(box, area) for box in boxes for area in areas):
            continue
        text = "".join(letters.text[at] for at in word)
        left, bottom, right, top = boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3]
        size = max(top - bottom, 1.0)
        width = right - left if right > left else size * len(text) / 2
        parts.append(unseen([(text, left, width)], bottom, size, space=True))
    return b"".join(parts)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
