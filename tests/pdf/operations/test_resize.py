import io

import pikepdf
import pytest

from pliego.pdf.placing import PAPERS
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import alike, pictures, titles, tried, words
from tests.samples import cropped, rotated, slides


@pytest.mark.parametrize("data", [sample_pdf(2), rotated(90), rotated(270), slides(1), cropped(100, 50)])
@pytest.mark.parametrize("to", ["a5", "letter"])
def test_a_page_looks_the_same_in_its_new_size(data: bytes, to: str) -> None:
    result = tried("resize", data, to=to)
    short, long = PAPERS[to]
    for old, new, page in zip(pictures(data, 1), pictures(result.data, 1), result.pdf.pages, strict=True):
        size = (long, short) if old.width > old.height else (short, long)
        assert (float(page.mediabox[2]), float(page.mediabox[3])) == pytest.approx(size, abs=0.01)
        scale = min(new.width / old.width, new.height / old.height)
        inner = old.resize((round(old.width * scale), round(old.height * scale)))
        left, top = (new.width - inner.width) // 2, (new.height - inner.height) // 2
        assert alike(new.crop((left, top, left + inner.width, top + inner.height)), inner, most=9)


def test_links_fields_and_bookmarks_move_along() -> None:
    pdf = tried("resize", sample_pdf(2), to="scale", percent=50).pdf
    link, field = pdf.pages[0].Annots
    assert [float(side) for side in link.Rect] == pytest.approx([25, 325, 100, 340], abs=0.1)
    assert [float(side) for side in field.Rect] == pytest.approx([25, 280, 125, 295], abs=0.1)
    assert titles(pdf) == [("First", 1, [("Last", 2, [])])]


def test_only_the_chosen_pages_change_and_text_stays_text() -> None:
    data = sample_pdf(3)
    result = tried("resize", data, to="a3", pages="2")
    assert [round(float(page.mediabox[2])) for page in result.pdf.pages] == [595, 842, 595]
    assert words(result.data) == words(data)


def test_bookmarks_that_name_a_point_name_the_same_point_still() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample_pdf(2))) as pdf:
        with pdf.open_outline() as outline:
            outline.root[:] = [pikepdf.OutlineItem("Here", 0, "XYZ", left=100, top=700, zoom=0)]
        pdf.save(out)
    result = tried("resize", out.getvalue(), to="scale", percent=50)
    place = result.pdf.Root.Outlines.First.Dest
    assert [float(place[at]) for at in (2, 3)] == pytest.approx([50, 350], abs=0.1)
