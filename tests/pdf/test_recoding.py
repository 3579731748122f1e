"""Pictures of drawn pages, packed."""

import io

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from pliego.pdf.recoding import Aim, packed_page


def drawn_page(colour: str) -> Image.Image:
    """Lines of letters, one of them in a colour, and a black bar."""
    image = Image.new("RGB", (600, 800), "white")
    brush = ImageDraw.Draw(image)
    for line in range(30):
        brush.text((40, 20 + 24 * line), "La lluvia cae sobre el puerto viejo", fill=colour if line == 3 else "black")
    brush.rectangle((100, 300, 300, 320), fill="black")
    return image


@pytest.mark.parametrize("colour", ["black", "#1a4fa3"])
def test_a_drawn_page_is_small_and_as_it_was(colour: str) -> None:
    pdf = pikepdf.new()
    image = drawn_page(colour)
    picture = packed_page(pdf, image, Aim(200, 80))
    seen = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
    assert seen.getpixel((200, 310)) == (0, 0, 0)
    assert seen.getpixel((5, 5)) == (255, 255, 255)
    assert max(ImageStat.Stat(ImageChops.difference(seen, image)).mean) < 2
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=80)
    assert len(picture.read_raw_bytes()) < len(jpeg.getvalue()) / 2


def test_a_drawn_photograph_is_a_jpeg() -> None:
    image = Image.effect_noise((400, 400), 60).convert("RGB")
    assert packed_page(pikepdf.new(), image, Aim(200, 80)).Filter == pikepdf.Name.DCTDecode


def test_black_stays_black_on_a_page_of_many_colours() -> None:
    image = Image.linear_gradient("L").resize((600, 800))
    image = Image.merge("RGB", (image, image.rotate(180), image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    ImageDraw.Draw(image).rectangle((100, 300, 130, 306), fill="black")
    pdf = pikepdf.new()
    picture = packed_page(pdf, image, Aim(200, 80))
    seen = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
    assert max(ImageStat.Stat(seen.crop((110, 302, 120, 304))).mean) < 20
    assert max(ImageStat.Stat(ImageChops.difference(seen, image)).mean) < 4
