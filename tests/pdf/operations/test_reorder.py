from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.pdf.labels import read_labels
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import titles, tried, words

SAMPLE = sample_pdf(4)


@settings(max_examples=6, deadline=None)
@given(st.permutations([1, 2, 3, 4]))
def test_the_pages_follow_the_order_and_bookmarks_follow_the_pages(order: list[int]) -> None:
    result = tried("reorder", SAMPLE, order=",".join(map(str, order)))
    assert [int(text.split("page ")[1][0]) for text in words(result.data)] == order
    assert titles(result.pdf) == [("First", order.index(1) + 1, [("Last", order.index(4) + 1, [])])]
    assert [label and label.number for label in read_labels(result.pdf)] == order


def test_pages_that_are_not_named_follow_behind() -> None:
    assert [text.split("page ")[1][0] for text in words(tried("reorder", SAMPLE, order="3").data)] == list("3124")


def test_last_to_first_turns_the_order_round() -> None:
    assert [text.split("page ")[1][0] for text in words(tried("reorder", SAMPLE, order="last-1").data)] == list("4321")
