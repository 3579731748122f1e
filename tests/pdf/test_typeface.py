"""Text in the typeface that tools embed."""

import hashlib
import io
import re

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary

from pliego.pdf import typeface
from pliego.pdf.refusals import NoSuchLetters

NAMES = ["Łukasz Żółć", "Čeněk Šťáva", "Γιώργος Ἀρχή", "Иван Ђорђевић", "Леся Ґудзь", "Işık Ağaoğlu",
         "Nguyễn Thị Ằẵặ", "Őrsi Űző", "Ștefan Țăruș", "Þóra Æð", "Ķēniņš Ā", "José Ñandú, 50 €"]  # fmt: skip


def shown(text: str, size: float = 20) -> bytes:
    """A page that shows a text, as a PDF."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 100))
    face = typeface.Typeface(pdf, text)
    page.Resources = Dictionary(Font=Dictionary(F=face.font))
    page.Contents = pdf.make_stream(b"BT /F %.1f Tf 20 40 Td %b Tj ET" % (size, face.written(text)))
    page.MediaBox = Array([0, 0, 40 + face.width(text, size), 100])
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("text", NAMES)
def test_what_is_written_can_be_read_again(text: str) -> None:
    with pypdfium2.PdfDocument(shown(text)) as document:
        assert document[0].get_textpage().get_text_bounded() == text


@pytest.mark.parametrize("text", [*NAMES, "M" * 20])
def test_it_is_as_wide_as_it_says(text: str) -> None:
    with pypdfium2.PdfDocument(shown(text)) as document:
        picture = document[0].render(grayscale=True).to_pil().point(lambda value: 255 - value)
        left, _top, right, _bottom = picture.getbbox() or (0, 0, 0, 0)
        assert (left, picture.width - right) == (pytest.approx(21, abs=3), pytest.approx(21, abs=3))


def test_every_letter_has_its_own_drawing() -> None:
    pictures = set()
    for letter in "AÁĄАЖΩẶ":
        with pypdfium2.PdfDocument(shown(letter)) as document:
            pictures.add(document[0].render(grayscale=True).to_pil().tobytes())
    assert len(pictures) == 6  # the Latin and the Cyrillic A look the same


@pytest.mark.parametrize(
    ("text", "told"), [("año 猫", "猫"), ("שלום", "ש ל ו ם"), ("مرحبا", "م ر ح ب ا"), ("😀", "😀")]
)
def test_letters_that_it_has_not_are_named(text: str, told: str) -> None:
    with pytest.raises(NoSuchLetters, match=re.escape(f"page: {told}. Those")):
        typeface.Typeface(pikepdf.new(), text)


def test_accents_are_set_on_their_letters_and_the_unseen_is_left_out() -> None:
    assert typeface.composed("o\u0301\u200bx\u202e\u00ad") == "óx"
    assert typeface.nearest("Čapek 日 e\u0301ﬁ") == "Čapek ? éﬁ"


def test_more_letters_than_a_block_of_its_table_holds_can_be_read() -> None:
    text = "".join(map(chr, [*range(0x410, 0x450), *range(0x391, 0x3A2), *range(0x100, 0x17F), *range(65, 91)]))
    with pypdfium2.PdfDocument(shown(text, 4)) as document:
        assert document[0].get_textpage().get_text_bounded() == text


def test_the_file_is_the_one_of_the_list() -> None:
    listed = (typeface.FILE.parent / "VENDORED.md").read_text()
    assert f"| {typeface.FILE.name} | Liberation Sans" in listed
    assert hashlib.sha256(typeface.load()).hexdigest() in listed
