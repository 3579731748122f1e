import json

from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import tried
from tests.samples import book, encrypted


def test_everything_is_told() -> None:
    told = json.loads(tried("inspect", sample_pdf(3)).data)
    assert told["facts"]["pages"] == 3
    assert told["facts"]["active_content"] == ["attachments", "javascript"]
    assert {font["name"] for font in told["fonts"]} == {"Helvetica", "Times-Roman"}
    (picture,) = told["pictures"]
    assert (picture["width"], picture["packing"], picture["see_through"]) == (120, "DCTDecode", True)
    assert picture["resolution"] == round(80 / 200 * 72)
    assert told["structure"] == {
        "bookmarks": 2, "labels": True, "annotations": {"Link": 1, "Widget": 1}, "form_fields": 1, "xfa": False,
        "attachments": ["note.txt"], "layers": 0, "tagged": False,
    }  # fmt: skip
    assert told["protection"] == {"encrypted": False}


def test_protection_is_told() -> None:
    told = json.loads(tried("inspect", encrypted("sesame"), passwords=["sesame"]).data)["protection"]
    assert (told["bits"], told["opens_without_password"]) == (256, False)


def test_a_book_is_told() -> None:
    assert json.loads(tried("inspect", book(30)).data)["structure"]["bookmarks"] == 3
