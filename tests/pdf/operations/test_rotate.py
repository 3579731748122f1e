import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pliego.errors import BadRequest
from pliego.pdf.refusals import BadPages, NoSuchPage
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import alike, pictures, titles, tried

SAMPLE = sample_pdf(3)
TURNS = {"90": Image.Transpose.ROTATE_270, "180": Image.Transpose.ROTATE_180, "270": Image.Transpose.ROTATE_90}


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(list(TURNS)), st.sets(st.integers(1, 3), min_size=1))
def test_the_chosen_pages_turn_and_no_others(turn: str, pages: set[int]) -> None:
    result = tried("rotate", SAMPLE, turn=turn, pages=",".join(map(str, pages)))
    before, after = pictures(SAMPLE), pictures(result.data)
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        assert alike(old.transpose(TURNS[turn]) if number in pages else old, new)


def test_a_page_that_is_turned_turns_on() -> None:
    twice = tried("rotate", tried("rotate", SAMPLE, turn="270").data, turn="180").pdf
    assert [page.rotation for page in twice.pages] == [90, 90, 90]


def test_a_page_that_inherits_its_turn_turns_on_and_no_other_with_it() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(SAMPLE)) as pdf:
        pdf.Root.Pages.Rotate = 270
        pdf.save(out)
    turned = tried("rotate", out.getvalue(), turn="180", pages="2").pdf
    assert [page.rotation for page in turned.pages] == [270, 90, 270]


def test_all_else_stays() -> None:
    pdf = tried("rotate", SAMPLE).pdf
    assert titles(pdf) == [("First", 1, [("Last", 3, [])])]
    assert len(pdf.Root.AcroForm.Fields) == 1
    assert pdf.docinfo["/Title"] == "Título"


def test_wrong_options_are_named() -> None:
    with pytest.raises(NoSuchPage, match="no page 4: this PDF has 3"):
        tried("rotate", SAMPLE, pages="2-4")
    with pytest.raises(BadPages, match="“x”"):
        tried("rotate", SAMPLE, pages="1,x")
    with pytest.raises(BadRequest, match="turn = 45"):
        tried("rotate", SAMPLE, turn="45")
    with pytest.raises(BadRequest, match="spin"):
        tried("rotate", SAMPLE, spin="45")
