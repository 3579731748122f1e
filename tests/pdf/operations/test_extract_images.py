import io
import zipfile

from PIL import Image

from pliego.pdf.sample import sample_images, sample_pdf
from tests.pdf.operations.tried import tried
from tests.samples import book, leaflet


def taken(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_a_picture_comes_once_with_its_see_through_parts() -> None:
    ((name, data),) = taken(tried("extract-images", sample_pdf(3)).data).items()
    image = Image.open(io.BytesIO(data))
    assert (name, image.size, image.mode) == ("input 1 001.png", (120, 80), "RGBA")


def test_a_jpeg_comes_byte_for_byte() -> None:
    pdf = tried("images", sample_images()[1]).data
    assert list(taken(tried("extract-images", pdf).data).values()) == [sample_images()[1]]


def test_small_ones_and_other_pages_are_left_out() -> None:
    assert taken(tried("extract-images", sample_pdf(1), least=81).data) == {}
    assert taken(tried("extract-images", leaflet()).data) == {}


def test_pictures_within_the_content_come_too() -> None:
    (data,) = taken(tried("extract-images", book(4, photographs=1), pages="4").data).values()
    assert Image.open(io.BytesIO(data)).size == (900, 600)
