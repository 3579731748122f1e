import re

import pytest
from PIL import ImageChops

from pliego.errors import BadRequest
from pliego.pdf.sample import sample_images, sample_pdf
from tests.pdf.operations.tried import alike, assert_sound, pictures, tried, words
from tests.samples import rotated

SAMPLE = sample_pdf(2)
PICTURE = {"picture": sample_images()[0]}


def test_the_signature_stands_on_the_last_page() -> None:
    result = tried("sign", SAMPLE, further=PICTURE, words="Ana, 1 de mayo")
    (first, last), (old_first, old_last) = pictures(result.data), pictures(SAMPLE)
    assert alike(first, old_first, most=0.01)
    assert not alike(last, old_last, most=0.01)
    assert "Ana, 1 de mayo" in words(result.data)[1]
    assert result.report.first == 2


def test_it_stands_at_the_told_point() -> None:
    result = tried("sign", SAMPLE, further=PICTURE, where="at", left=10, top=20, width=30)
    page = pictures(result.data, 1)[1]
    mm = 72 / 25.4
    assert page.getpixel((round(25 * mm), round(35 * mm))) != 255
    assert page.getpixel((round(8 * mm), round(35 * mm))) == 255
    assert page.getpixel((round(25 * mm), round(18 * mm))) == 255


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_it_is_fitted_into_each_area(turn: int) -> None:
    data = rotated(turn)
    (before,) = pictures(data)
    (after,) = pictures(tried("sign", data, further=PICTURE, where="area", areas="1: 10%, 70%, 20%, 10%").data)
    changed = ImageChops.difference(before, after).getbbox()
    assert changed
    across, down = before.size
    left, top, right, bottom = changed
    assert 0.1 * across - 2 <= left < right <= 0.3 * across + 2
    assert 0.7 * down - 2 <= top < bottom <= 0.8 * down + 2
    assert right - left > 0.18 * across or bottom - top > 0.08 * down  # as large as fits


def test_it_stands_on_the_pages_of_the_areas_alone() -> None:
    result = tried("sign", SAMPLE, words="Ana", where="area", areas="1: 10%, 10%, 20%, 5%")
    first, last = words(result.data)
    assert "Ana" in first
    assert "Ana" not in last
    with pytest.raises(BadRequest, match="areas"):
        tried("sign", SAMPLE, words="Ana", where="area")


def test_names_keep_their_letters_and_stay_on_the_page() -> None:
    line = "Γιώργος Παπαδόπουλος, Łódź, " * 3
    result = tried("sign", SAMPLE, further=PICTURE, words=line, width=20)
    assert line.strip() in words(result.data)[1].replace("\r\n", " ")


def test_words_alone_are_a_signature() -> None:
    result = tried("sign", SAMPLE, words="Иван Łuk", where="middle", width=100)
    assert "Иван Łuk" in words(result.data)[1]
    assert_sound(result.data)
    size = re.search(rb"/F ([0-9.]+) Tf", result.pdf.pages[1].Resources.XObject.Stamp1.read_bytes())
    assert size
    assert float(size[1]) == 36.0  # as large as a signature is at most, however wide


def test_a_picture_or_words_are_needed() -> None:
    with pytest.raises(BadRequest, match="picture"):
        tried("sign", SAMPLE)
