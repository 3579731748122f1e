import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.pdf.refusals import NoSuchPage
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import titles, tried, words

SAMPLE = sample_pdf(4)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.sets(st.integers(1, 4), min_size=1))
def test_pages_come_as_told_and_those_that_are_named_are_turned(order: list[int], right: set[int]) -> None:
    result = tried("organise", SAMPLE, pages=",".join(map(str, order)), right=",".join(map(str, right)))
    assert [int(text.split("page ")[1][0]) for text in words(result.data)] == order
    assert [page.rotation for page in result.pdf.pages] == [90 if page in right else 0 for page in order]


def test_without_a_word_all_pages_stay_as_they_are() -> None:
    result = tried("organise", SAMPLE)
    assert [text.split("page ")[1][0] for text in words(result.data)] == list("1234")
    assert [page.rotation for page in result.pdf.pages] == [0, 0, 0, 0]
    assert titles(result.pdf) == [("First", 1, [("Last", 4, [])])]


def test_turns_add_up() -> None:
    turned = tried("organise", SAMPLE, pages="2-4", right="2-3", around="3-4", left="4").pdf
    assert [page.rotation for page in turned.pages] == [90, 270, 90]


def test_a_page_to_be_turned_has_to_be_there() -> None:
    with pytest.raises(NoSuchPage, match="no page 5: this PDF has 4"):
        tried("organise", SAMPLE, pages="1", left="5")
