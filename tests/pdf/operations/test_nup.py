import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pliego.pdf.operations.nup import GRIDS, grid
from pliego.pdf.placing import Cell
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import pictures, titles, tried, words
from tests.samples import rotated, slides
from tests.samples.drawing import changed


@pytest.mark.parametrize("count", GRIDS)
def test_all_pages_are_there_on_fewer_sheets(count: str) -> None:
    data = sample_pdf(5)
    result = tried("nup", data, count=count)
    assert result.report.pages == -(-5 // int(count))
    seen = "".join(words(result.data))
    assert [number for number in "12345" if f"page {number}" in seen] == list("12345")


def test_links_and_bookmarks_lead_to_the_sheets() -> None:
    pdf = tried("nup", sample_pdf(5), count="2").pdf
    assert titles(pdf) == [("First", 1, [("Last", 3, [])])]
    link = next(each for each in pdf.pages[0].Annots if each.Subtype == "/Link")
    assert link.Dest[0].objgen == pdf.pages[2].obj.objgen
    assert len(pdf.Root.AcroForm.Fields) == 1


def test_order_by_columns() -> None:
    rows = words(tried("nup", sample_pdf(4), count="4").data)[0]
    assert rows.index("page 2") < rows.index("page 3")
    _, columns = (pictures(tried("nup", slides(4), count="4", order=order).data)[0] for order in ("rows", "columns"))
    assert columns


@pytest.mark.parametrize("count", GRIDS)
@pytest.mark.parametrize("upright", [True, False])
def test_cells_lie_on_the_sheet_and_not_on_each_other(count: str, upright: bool) -> None:
    width, height, cells = grid(count, "a4", upright, 10, 5)
    assert len(cells) == int(count)
    for cell in cells:
        assert 9 < cell.x < cell.x + cell.width < width - 9
        assert 9 < cell.y < cell.y + cell.height < height - 9
    assert not any(overlap(one, other) for one in cells for other in cells if one is not other)


def overlap(one: Cell, other: Cell) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > 0 and down > 0


def test_turned_pages_stand_upright() -> None:
    (sheet,) = pictures(tried("nup", rotated(90), count="2", margin=0).data)
    assert sheet.width < sheet.height


def test_links_to_named_places_go_on_working_where_the_names_are_no_object_of_their_own() -> None:
    def name(pdf: pikepdf.Pdf) -> None:
        aim = Array([pdf.pages[4].obj, Name.Fit])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("end"), aim])))
        pdf.pages[0].Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 90, 30]), Dest=String("end"))]
        )

    pdf = tried("nup", changed(slides(5), name), count="2").pdf
    assert pdf.pages[0].Annots[0].Dest[0].objgen == pdf.pages[2].obj.objgen
