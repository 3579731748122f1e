import pytest

from pliego.pdf.refusals import NoPageLeft
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import titles, tried, words

SAMPLE = sample_pdf(4)


def test_the_other_pages_stay_in_their_order() -> None:
    result = tried("remove", SAMPLE, pages="3,1")
    assert [text.split("page ")[1][0] for text in words(result.data)] == ["2", "4"]
    assert titles(result.pdf) == [("First", None, [("Last", 2, [])])]


def test_a_page_must_be_left() -> None:
    with pytest.raises(NoPageLeft):
        tried("remove", SAMPLE, pages="odd,even")
