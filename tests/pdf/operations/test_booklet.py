from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.operations.booklet import folding_order
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import titles, tried, words


def test_eight_pages() -> None:
    assert folding_order(8) == [[7, 0], [1, 6], [5, 2], [3, 4]]


@given(st.integers(1, 60))
def test_folded_sheets_show_the_pages_in_their_order(count: int) -> None:
    sides = folding_order(count)
    fronts, backs = sides[::2], sides[1::2]
    leaves = [(front[1], back[0]) for front, back in zip(fronts, backs, strict=True)]
    leaves += [(back[1], front[0]) for front, back in zip(fronts[::-1], backs[::-1], strict=True)]
    read = [page for leaf in leaves for page in leaf]
    assert read == [*range(count), *[None] * (len(read) - count)]
    assert len(read) - count < 4


def test_two_pages_stand_on_each_side() -> None:
    result = tried("booklet", sample_pdf(4))
    first, second = words(result.data)
    assert first.index("page 4") < first.index("page 1") or "page 1" in first
    assert "page 2" in second
    assert "page 3" in second
    assert result.report.notes[0].params == {"count": 1}
    assert titles(result.pdf) == [("First", 1, [("Last", 1, [])])]


def test_bound_at_the_right_the_sides_are_exchanged() -> None:
    assert tried("booklet", sample_pdf(4), backwards=True).report.pages == 2
