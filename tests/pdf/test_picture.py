"""Pages as pictures."""

import io

import pytest
from PIL import Image

from pliego.errors import NeedsPassword, NoPages, NotFound, PliegoError
from pliego.pdf.picture import MAX_SIDE, clamped, flattened, render_page
from tests import samples
from tests.pdf.opened import opened


def picture_of(data: bytes, number: int = 1, width: int = 800) -> bytes:
    with opened(data) as source:
        return render_page(source, number, width)


def image_of(data: bytes, number: int = 1, width: int = 800) -> Image.Image:
    return Image.open(io.BytesIO(picture_of(data, number, width)))


def test_a_picture_has_the_width_asked_for_and_the_shape_of_the_page() -> None:
    image = image_of(samples.leaflet(), width=400)
    assert (image.format, image.size) == ("WEBP", (400, round(400 * 841.89 / 595.28)))


def test_paper_is_white_and_ink_is_black() -> None:
    assert image_of(samples.leaflet()).convert("L").getextrema() == (0, 255)


@pytest.mark.parametrize("width", [800, 1000])
def test_a_page_of_a_book_is_small(width: int) -> None:
    assert len(picture_of(samples.book(12), 2, width)) <= width * 40


def test_text_is_kept_without_loss() -> None:
    assert picture_of(samples.leaflet())[12:16] == b"VP8L"


@pytest.mark.parametrize("data", [samples.slides(), samples.scan()])
def test_photographs_and_gradients_are_packed_with_loss(data: bytes) -> None:
    assert picture_of(data)[12:16] == b"VP8 "


def test_a_turned_page_is_turned() -> None:
    image = image_of(samples.rotated(90), width=800)
    assert image.width > image.height


def test_annotations_are_drawn() -> None:
    dark = image_of(samples.annotated()).convert("L").histogram()[:128]
    assert sum(dark) > 0


def test_form_fields_are_drawn() -> None:
    dark = image_of(samples.form_field()).convert("L").histogram()[:128]
    assert sum(dark) > 0


@pytest.mark.parametrize(
    ("page", "wanted", "size"),
    [
        ((595, 842), 1000, (1000, 1415)),
        ((14_400, 14_400), 800, (800, 800)),
        ((1, 10_000), 800, (1, MAX_SIDE)),
        ((10_000, 1), 800, (800, 1)),
        ((595, 842), 10**9, (round(MAX_SIDE * 595 / 842), MAX_SIDE)),
        ((0, 0), 800, (800, 800)),
        ((595, 842), 0, (1, 1)),
    ],
)
def test_both_sides_are_clamped(page: tuple[float, float], wanted: int, size: tuple[int, int]) -> None:
    assert clamped(*page, wanted) == size


@pytest.mark.parametrize(
    "data", [samples.giant_page(), samples.giant_page(1, 10_000), samples.image_bomb(), samples.deep_nesting()]
)
def test_odd_pages_are_drawn(data: bytes) -> None:
    assert max(image_of(data).size) <= MAX_SIDE


@pytest.mark.parametrize(
    ("data", "number", "error"),
    [
        (samples.leaflet(), 0, NotFound),
        (samples.leaflet(), 2, NotFound),
        (samples.no_pages(), 1, NoPages),
        (samples.encrypted("x"), 1, NeedsPassword),
    ],
)
def test_what_cannot_be_drawn(data: bytes, number: int, error: type[PliegoError]) -> None:
    with pytest.raises(error):
        picture_of(data, number)


def test_areas_keep_their_tone_and_edges_have_few() -> None:
    image = Image.linear_gradient("L")
    image.paste(201, (0, 0, 128, 256))
    flat = flattened(image)
    assert flat.getpixel((5, 5)) == 201
    assert sum(count > 0 for count in flat.histogram()) <= 16
