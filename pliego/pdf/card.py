"""The picture that social networks and chats show beside a link: a page beside its title, or a passage on its page."""

import io

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from pliego.pdf.deep import page_at
from pliego.pdf.lettering import BOLD, REGULAR, Face, Lettering, can_set
from pliego.pdf.picture import MAX_SIDE, draw
from pliego.pdf.source import Source
from pliego.pdf.values import Card

WIDTH, HEIGHT = 1200, 630
"""Pixels: the shape that Open Graph readers ask for."""
QUALITY = 85
PAPER, INK, SOFT, ACCENT, FOLD = (246, 243, 236), (36, 33, 28), (92, 86, 76), (19, 95, 78), (185, 216, 203)
"""The colours of the site in daylight."""
LIT = (255, 226, 122)
EDGE = 64
STRIP = 92
"""Height of the line below a passage."""
LARGEST = 4.0
"""Pixels for a point of a passage: text of 11 points is then as high as a heading."""
AIR = 14.0
"""Points around the lines of a passage."""


def draw_card(source: Source, card: Card) -> bytes:
    """The card as a JPEG of WIDTH by HEIGHT. Raise NotFound without such a page, UnreadablePdf when it is not drawn."""
    with page_at(source, card.number) as (document, page):
        image = _passage(document, page, card) if card.boxes else _cover(document, page, card)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0, progressive=True)
    return out.getvalue()


def _cover(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, card: Card) -> Image.Image:
    """The page as a sheet that reaches below the lower edge, or stands in the middle when it is low."""
    titled = can_set(card.title) and bool(card.title.strip())
    width = 400 if titled else 440
    ratio = page.get_height() / max(page.get_width(), 0.01)
    if ratio < 1:
        width = 560 if titled else 760
    height = max(min(round(width * ratio), MAX_SIDE), 1)
    left = EDGE if titled else (WIDTH - width) // 2
    top = EDGE if height > HEIGHT - 2 * EDGE else (HEIGHT - height) // 2
    image = _sheet(Image.new("RGB", (WIDTH, HEIGHT), PAPER), (left, top, width, height))
    seen = min(height, HEIGHT - top)
    image.paste(draw(document, page, (width, seen), (0, 0, width, height)), (left, top))
    if not titled:
        return image
    return _titled(image, card, left + width + EDGE)


def _sheet(image: Image.Image, area: tuple[int, int, int, int]) -> Image.Image:
    """The soft shadow of a sheet of paper, and its edge."""
    left, top, width, height = area
    shadow = Image.new("L", image.size, 0)
    ImageDraw.Draw(shadow).rectangle((left + 4, top + 14, left + width - 4, top + height + 14), fill=70)
    image = Image.composite(Image.new("RGB", image.size, INK), image, shadow.filter(ImageFilter.GaussianBlur(18)))
    ImageDraw.Draw(image).rectangle((left - 1, top - 1, left + width, top + height), fill=(221, 214, 200))
    return image


def _titled(image: Image.Image, card: Card, left: int) -> Image.Image:
    room = WIDTH - EDGE - left
    size = 58 if len(card.title) < 60 else 46
    words = Lettering(WIDTH, HEIGHT)
    below = words.paragraph(card.title, Face(BOLD, size, INK, 1.15), (left, EDGE - 8), room, 5)
    if can_set(card.author) and card.author:
        words.paragraph(card.author, Face(REGULAR, 32, SOFT), (left, below + 20), room, 2)
    _mark(image, left, HEIGHT - EDGE - 40)
    if can_set(card.note):
        words.paragraph(card.note, Face(REGULAR, 30, SOFT), (left + 50, HEIGHT - EDGE - 32), room - 50, 1)
    return words.put_on(image)


def _mark(image: Image.Image, left: int, top: int) -> None:
    """The mark of the site: a sheet with its corner folded."""
    pen = ImageDraw.Draw(image)
    pen.polygon([(left, top), (left + 32, top), (left + 32, top + 26), (left + 18, top + 40), (left, top + 40)], ACCENT)
    pen.polygon([(left + 32, top + 26), (left + 18, top + 40), (left + 18, top + 26)], FOLD)
    pen.rectangle((left + 10, top + 9, left + 21, top + 14), PAPER)


def _passage(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, card: Card) -> Image.Image:
    """The lines around the passage as large as they can be, with the passage lit, above a line that says whence."""
    room = HEIGHT - STRIP
    left, top, right, bottom = _extent(card.boxes)
    width, height = max(page.get_width(), 0.01), max(page.get_height(), 0.01)
    scale = min(WIDTH / max(right - left + 2 * AIR, 1), LARGEST)
    scale = max(scale, min(WIDTH / width, 2.5))
    x = _kept((left + right) / 2 * scale - WIDTH / 2, width * scale - WIDTH)
    middle = (top + min(bottom, top + (room - 2 * AIR) / scale)) / 2
    y = _kept(middle * scale - room / 2, height * scale - room)
    area = (-round(x), -round(y), round(width * scale), round(height * scale))
    image = draw(document, page, (WIDTH, room), area)
    for box in card.boxes:
        _light(image, tuple(value * scale for value in box), x, y)
    whole = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    whole.paste(image, (0, 0))
    ImageDraw.Draw(whole).line((0, room, WIDTH, room), fill=(221, 214, 200), width=2)
    return _signed(whole, card, room)


def _extent(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    return (
        min(x for x, *_ in boxes), min(y for _, y, *_ in boxes),
        max(x + width for x, _, width, _ in boxes), max(y + height for _, y, _, height in boxes),
    )  # fmt: skip


def _kept(start: float, most: float) -> float:
    """Where the part of the page that is seen begins: not beyond its edges, and a narrow page in the middle."""
    return most / 2 if most < 0 else min(max(start, 0.0), most)


def _light(image: Image.Image, box: tuple[float, ...], x: float, y: float) -> None:
    left, top, width, height = box
    corners = (round(left - x) - 3, round(top - y) - 1, round(left + width - x) + 3, round(top + height - y) + 1)
    area = (max(corners[0], 0), max(corners[1], 0), min(corners[2], image.width), min(corners[3], image.height))
    if area[0] < area[2] and area[1] < area[3]:
        part = image.crop(area)
        image.paste(ImageChops.multiply(part, Image.new("RGB", part.size, LIT)), area)


def _signed(image: Image.Image, card: Card, top: int) -> Image.Image:
    _mark(image, EDGE, top + 26)
    words = Lettering(WIDTH, HEIGHT)
    source = ", ".join(part for part in (card.author, card.title) if part)
    left, room = EDGE + 54, WIDTH - 2 * EDGE - 54
    if can_set(card.note) and card.note:
        words.paragraph(card.note, Face(REGULAR, 30, SOFT), (WIDTH - EDGE - 110, top + 30), 150, 1)
        room -= 150
    if can_set(source):
        words.paragraph(source, Face(BOLD, 30, INK), (left, top + 30), room, 1)
    return words.put_on(image)
