import io
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.errors import BadRequest
from pliego.pdf.operations.crop import content_box
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import alike, pictures, titles, tried
from tests.samples import rotated

MM = 72 / 25.4
SCALE = 0.5


@settings(max_examples=10, deadline=None)
@given(st.sampled_from([0, 90, 180, 270]), st.tuples(*[st.integers(0, 40)] * 4))
def test_the_told_margins_go_from_the_page_as_it_is_seen(turn: int, margins: tuple[int, int, int, int]) -> None:
    data = rotated(turn)
    left, top, right, bottom = (side * MM * SCALE for side in margins)
    sides: dict[str, Any] = dict(zip(("left", "top", "right", "bottom"), margins, strict=True))
    (before,), (after,) = pictures(data, SCALE), pictures(tried("crop", data, **sides).data, SCALE)
    kept = before.crop((round(left), round(top), round(before.width - right), round(before.height - bottom)))
    assert abs(kept.width - after.width) <= 1
    assert abs(kept.height - after.height) <= 1
    assert alike(kept.resize(after.size), after, most=8)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_empty_margins_go_and_all_content_stays(turn: int) -> None:
    data = rotated(turn)
    (after,) = pictures(tried("crop", data, by="content", space=0).data, SCALE)
    (before,) = pictures(data, SCALE)
    box = content_box(before)
    assert box
    assert abs(after.width - (box[2] - box[0])) <= 3
    assert alike(before.crop(box).resize(after.size), after, most=40)
    inner = content_box(after)
    assert inner
    assert after.width - (inner[2] - inner[0]) <= 4
    assert after.height - (inner[3] - inner[1]) <= 4


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_area_that_was_drawn_stays(turn: int) -> None:
    data = rotated(turn)
    (before,) = pictures(data, SCALE)
    (after,) = pictures(tried("crop", data, by="area", area="1: 20%, 10%, 50%, 60%").data, SCALE)
    across, down = before.size
    kept = before.crop((round(across * 0.2), round(down * 0.1), round(across * 0.7), round(down * 0.7)))
    assert abs(kept.width - after.width) <= 1
    assert abs(kept.height - after.height) <= 1
    assert alike(kept.resize(after.size), after, most=8)


@pytest.mark.parametrize("area", ["", "1: 0, 0, 50%, 50%\n2: 0, 0, 50%, 50%", "9: 0, 0, 50%, 50%", "1: 1, 2"])
def test_there_is_one_area_to_stay(area: str) -> None:
    with pytest.raises(BadRequest):
        tried("crop", sample_pdf(2), by="area", area=area)


def test_pages_alike_get_the_smallest_margins_of_all() -> None:
    pdf = tried("crop", sample_pdf(3), by="content").pdf
    assert len({tuple(map(float, page.cropbox)) for page in pdf.pages}) == 1
    assert titles(pdf)[0][0] == "First"


def test_an_empty_page_stays_and_is_told() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    result = tried("crop", out.getvalue(), by="content")
    assert result.notes == {"empty"}
    assert "/CropBox" not in result.pdf.pages[0]


def test_margins_that_leave_nothing_are_refused() -> None:
    with pytest.raises(BadRequest):
        tried("crop", sample_pdf(1), left=200, right=200)
