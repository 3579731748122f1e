import io
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.errors import BadRequest
from pliego.pdf.areas import read_areas, shown_areas
from tests.samples import rotated


def opened(turn: int) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(rotated(turn)))


def test_points_and_per_cent_are_told_from_the_top_left_of_the_page_as_shown() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 100))
    pdf.pages[0].rotate(90, relative=False)
    ((index, shown), (_, same)) = shown_areas("1: 10, 20, 30, 40\n 1 : 10%,10%, 30%, 20% ;", pdf)
    assert (index, [shown.llx, shown.lly, shown.urx, shown.ury]) == (0, [10, 140, 40, 180])
    assert [same.llx, same.lly, same.urx, same.ury] == [10, 140, 40, 180]
    assert read_areas("1: 10, 20, 30, 40", pdf) == {0: [(20, 10, 60, 40)]}


@given(st.text("0123456789.,:;% -\n", max_size=40))
def test_any_words_are_areas_or_an_error_of_ours(words: str) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    with suppress(BadRequest):
        assert all(index == 0 for index, _ in shown_areas(words, pdf))


@pytest.mark.parametrize("words", ["2: 1, 1, 9, 9", "0: 1, 1, 9, 9", "1: 1, 1, 0, 9", "1: 1, 1, 9", "x"])
def test_what_is_no_area_is_quoted(words: str) -> None:
    with pytest.raises(BadRequest):
        shown_areas(words, opened(0))
