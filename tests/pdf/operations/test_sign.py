import pytest

from pliego.errors import BadRequest
from pliego.pdf.sample import sample_images, sample_pdf
from tests.pdf.operations.tried import alike, pictures, tried, words

SAMPLE = sample_pdf(2)
PICTURE = {"picture": sample_images()[0]}


def test_the_signature_stands_on_the_last_page() -> None:
    result = tried("sign", SAMPLE, further=PICTURE, words="Ana, 1 de mayo")
    (first, last), (old_first, old_last) = pictures(result.data), pictures(SAMPLE)
    assert alike(first, old_first, most=0.01)
    assert not alike(last, old_last, most=0.01)
    assert "Ana, 1 de mayo" in words(result.data)[1]


def test_it_stands_at_the_told_point() -> None:
    result = tried("sign", SAMPLE, further=PICTURE, where="at", left=10, top=20, width=30)
    page = pictures(result.data, 1)[1]
    mm = 72 / 25.4
    assert page.getpixel((round(25 * mm), round(35 * mm))) != 255
    assert page.getpixel((round(8 * mm), round(35 * mm))) == 255
    assert page.getpixel((round(25 * mm), round(18 * mm))) == 255


def test_names_keep_their_letters_and_stay_on_the_page() -> None:
    line = "Γιώργος Παπαδόπουλος, Łódź, " * 3
    result = tried("sign", SAMPLE, further=PICTURE, words=line, width=20)
    assert line.strip() in words(result.data)[1].replace("\r\n", " ")


def test_a_picture_is_needed() -> None:
    with pytest.raises(BadRequest, match="picture"):
        tried("sign", SAMPLE)
