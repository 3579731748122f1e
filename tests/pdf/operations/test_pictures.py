import io
import zipfile

import pytest
from PIL import Image

from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import Tried, alike, pictures, tried
from tests.samples import giant_page, rotated


def drawn(result: Tried) -> dict[str, Image.Image]:
    with zipfile.ZipFile(io.BytesIO(result.data)) as zipped:
        return {name: Image.open(io.BytesIO(zipped.read(name))) for name in zipped.namelist()}


@pytest.mark.parametrize(("kind", "name"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WEBP")])
def test_each_page_is_a_picture_of_itself(kind: str, name: str) -> None:
    data = sample_pdf(2)
    found = drawn(tried("pictures", data, kind=kind, resolution=72))
    assert [image.format for image in found.values()] == [name, name]
    for image, page in zip(found.values(), pictures(data, 1), strict=True):
        assert alike(image, page, most=4)


def test_names_resolution_and_pages() -> None:
    found = drawn(tried("pictures", sample_pdf(12), pages="2,11", resolution=144, grey=True, names=["mi libro.pdf"]))
    assert list(found) == ["mi libro 02.png", "mi libro 11.png"]
    image = found["mi libro 02.png"]
    assert (image.size, image.mode) == ((1190, 1684), "L")
    assert round(image.info["dpi"][0]) == 144


def test_a_turned_page_is_seen_turned() -> None:
    (image,) = drawn(tried("pictures", rotated(90), resolution=20)).values()
    assert image.width > image.height


def test_a_giant_page_is_drawn_smaller_and_told() -> None:
    result = tried("pictures", giant_page(), resolution=300, kind="jpeg")
    (image,) = drawn(result).values()
    assert image.width * image.height < 61_000_000
    assert result.notes == {"shrunk"}
