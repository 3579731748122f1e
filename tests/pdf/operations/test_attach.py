import pytest

from pliego.errors import BadRequest
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import tried


def test_a_file_travels_along() -> None:
    pdf = tried("attach", sample_pdf(1), further={"file": b"\0bytes\xff"}, description="Lo mío").pdf
    assert sorted(pdf.attachments) == ["file.png", "note.txt"]
    assert pdf.attachments["file.png"].get_file().read_bytes() == b"\0bytes\xff"
    assert pdf.attachments["file.png"].description == "Lo mío"


def test_a_name_that_is_taken_gets_a_number() -> None:
    once = tried("attach", sample_pdf(1), further={"file": b"1"}).data
    twice = tried("attach", once, further={"file": b"2"})
    assert sorted(twice.pdf.attachments)[:2] == ["file.png", "file.png (2)"]


def test_the_file_has_to_be_told() -> None:
    with pytest.raises(BadRequest):
        tried("attach", sample_pdf(1))
