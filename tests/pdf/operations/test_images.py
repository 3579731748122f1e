import io

import pikepdf
import pytest
from PIL import Image

from pliego.pdf.refusals import HeicUnknown, NotAnImage, PictureKindUnknown
from pliego.pdf.sample import sample_images
from tests.pdf.operations.tried import alike, assert_sound, pictures, tried
from tests.samples import leaflet


def encoded(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


PHOTOGRAPH = Image.merge("RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L")])
WIDE = PHOTOGRAPH.resize((300, 200))


def test_a_jpeg_is_taken_over_byte_for_byte() -> None:
    jpeg = encoded(WIDE, "JPEG")
    pdf = tried("images", jpeg).pdf
    assert [thing.read_raw_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream)].count(jpeg) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "GIF"])
def test_every_kind_looks_like_itself(kind: str) -> None:
    grey = WIDE.convert("L")
    (page,) = pictures(tried("images", encoded(grey, kind), paper="image").data, 1)
    assert alike(page, grey.resize(page.size), most=6)


def test_pages_follow_the_pictures_and_lie_down_for_wide_ones() -> None:
    result = tried("images", encoded(WIDE, "PNG"), encoded(WIDE.rotate(90, expand=True), "PNG"))
    sizes = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in result.pdf.pages]
    assert sizes == [(842, 595), (595, 842)]
    assert result.report.pages == 2


def test_each_page_of_a_tiff_is_a_page() -> None:
    assert tried("images", encoded(WIDE, "TIFF", save_all=True, append_images=[WIDE, WIDE])).report.pages == 3


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_photograph_stands_upright_as_its_camera_noted(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = pictures(tried("images", encoded(WIDE, kind, exif=exif), paper="image").data, 1)
    assert page.width < page.height
    assert alike(page, WIDE.convert("L").rotate(-90, expand=True).resize(page.size), most=6)


def test_see_through_parts_become_paper() -> None:
    (page,) = pictures(tried("images", sample_images()[0], paper="image").data, 1)
    assert page.getpixel((20, 20)) in range(160, 175)


def test_a_margin_stays_white() -> None:
    (page,) = pictures(tried("images", encoded(Image.new("L", (300, 424)), "PNG"), margin=20).data, 1)
    assert page.getpixel((50, 400)) == 255
    assert page.getpixel((70, 400)) == 0


@pytest.mark.parametrize("data", [leaflet(), b"nothing", sample_images()[1][:200]])
def test_what_is_no_picture_is_told(data: bytes) -> None:
    with pytest.raises(NotAnImage):
        assert_sound(tried("images", data).data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\x0a\x10", "JPEG XL"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    ],
)
def test_a_kind_that_is_not_read_is_named(data: bytes, kind: str) -> None:
    with pytest.raises(PictureKindUnknown, match=f"{kind} pictures"):
        tried("images", data)


@pytest.mark.parametrize("data", [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"\0\0\0\x24ftypmif1"])
def test_whoever_brings_a_photograph_of_a_phone_is_told_how_to_get_a_jpeg(data: bytes) -> None:
    with pytest.raises(HeicUnknown, match="becomes a JPEG"):
        tried("images", data)
