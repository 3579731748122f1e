import pytest

from pliego.errors import BadRequest
from pliego.pdf.operations.watermark import PLACE_NAMES
from pliego.pdf.refusals import NoSuchLetters, NotAnImage
from pliego.pdf.sample import sample_images, sample_pdf
from tests.pdf.operations.tried import alike, pictures, titles, tried, words
from tests.samples import book, rotated

SAMPLE = sample_pdf(3)


def test_words_stand_on_the_chosen_pages() -> None:
    result = tried("watermark", SAMPLE, text="Borrador ñ", pages="2")
    assert ["Borrador ñ" in text for text in words(result.data)] == [False, True, False]
    before, after = pictures(SAMPLE, 0.5), pictures(result.data, 0.5)
    assert [alike(one, other, most=0.01) for one, other in zip(before, after, strict=True)] == [True, False, True]
    assert titles(result.pdf) == [("First", 1, [("Last", 3, [])])]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("where", PLACE_NAMES)
def test_a_picture_stands_where_it_is_seen_to(where: str, turn: int) -> None:
    data = rotated(turn)
    result = tried("watermark", data, further={"picture": sample_images()[0]}, where=where, width=10, strength=100)
    (before,), (after,) = pictures(data, 0.2), pictures(result.data, 0.2)
    changed = [(x, y) for x in range(before.width) for y in range(before.height)
               if abs(before.getpixel((x, y)) - after.getpixel((x, y))) > 60]  # type: ignore[operator]  # fmt: skip
    x, y = (sum(values) / len(values) for values in zip(*changed, strict=True))
    across = 0 if "left" in where else 2 if "right" in where else 1
    down = 0 if "top" in where else 2 if "bottom" in where else 1
    assert (int(x * 3 / before.width), int(y * 3 / before.height)) == (across, down)


def test_under_the_content_the_words_of_the_page_stay_on_top() -> None:
    above, below = (tried("watermark", book(1), text="XXX", strength=100, under=under) for under in (False, True))
    assert not alike(pictures(above.data)[0], pictures(below.data)[0], most=0.01)


def test_nothing_to_put_and_odd_letters_are_refused() -> None:
    with pytest.raises(BadRequest, match="text"):
        tried("watermark", SAMPLE, text=" ")
    with pytest.raises(NoSuchLetters, match="page: 猫 ש"):
        tried("watermark", SAMPLE, text="Año 猫猫ש")
    with pytest.raises(NotAnImage):
        tried("watermark", SAMPLE, further={"picture": b"no picture"})
