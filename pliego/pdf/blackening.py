"""Pages drawn as pictures with black areas, over the words that may stay as text that is not seen but can be searched.

Nothing of the old page is taken over but its size: what was under the areas is in no stream of the new one.
"""

from collections.abc import Sequence

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Page, Pdf
from PIL import Image, ImageDraw

from pliego.errors import BadRequest
from pliego.pdf import helvetica
from pliego.pdf.finding import Box, Letters
from pliego.pdf.placing import upright
from pliego.pdf.recoding import Aim, packed_page

RESOLUTION = 200
MAX_PIXELS = 60_000_000
EDGE = 1.0
"""Points that an area reaches beyond the letters."""
QUALITY = 80


def blacken(pdf: Pdf, page: Page, drawn: pypdfium2.PdfPage, letters: Letters, areas: Sequence[Box]) -> None:
    """Make the page a picture with these areas black."""
    grown = [(left - EDGE, bottom - EDGE, right + EDGE, top + EDGE) for left, bottom, right, top in areas]
    width, height = drawn.get_size()
    scale = min(RESOLUTION / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    image = drawn.render(scale=scale).to_pil().convert("RGB")
    _paint(image, page, grown, scale)
    picture = packed_page(pdf, image, Aim(RESOLUTION, QUALITY))
    matrix = pikepdf.Matrix(width, 0, 0, height, 0, 0) @ upright(page).inverse()
    font = Dictionary(F=helvetica.font())
    content = b"q %b cm /X Do Q\n%b" % (matrix.encode(), _unseen(letters, grown))
    kept = {key: page.obj[key] for key in ("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate") if key in page.obj}
    for key in list(page.obj.keys()):
        if key not in kept:
            del page.obj[key]
    page.obj.Resources = Dictionary(XObject=Dictionary(X=picture), Font=font)
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
    """The words that no area touches, as invisible text in their places; those that the font has."""
    parts = [b"BT 3 Tr"]
    for word in letters.words():
        boxes = [letters.boxes[at] for at in word]
        if any(_touch(box, area) for box in boxes for area in areas):
            continue
        text = "".join(letters.text[at] for at in word)
        left, bottom, right, top = boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3]
        size = max(top - bottom, 1.0)
        natural = helvetica.width(text, size)
        try:
            shown = helvetica.written(f"{text} ")
        except BadRequest:
            continue
        stretch = min(max(100 * (right - left) / natural, 10), 500) if natural and right > left else 100
        parts.append(b"/F %.2f Tf %.1f Tz 1 0 0 1 %.2f %.2f Tm %b Tj" % (size, stretch, left, bottom, shown))
    return b"\n".join([*parts, b"ET"])


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
