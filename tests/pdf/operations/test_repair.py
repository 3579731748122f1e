import io

import pikepdf
import pytest

from pliego.errors import NoPages, NotAPdf, UnreadablePdf
from pliego.pdf.refusals import DamagedPdf
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import assert_sound, pictures, same_pages, tried
from tests.samples import book, headless, leaflet, lost_page, no_pages, ring_of_pages


def test_a_sound_file_is_told_so() -> None:
    result = tried("repair", sample_pdf(2))
    assert result.notes == {"sound"}
    assert same_pages(pictures(result.data), pictures(sample_pdf(2)))


@pytest.mark.parametrize("data", [book(20)[:-3000], lost_page(), leaflet().replace(b"startxref", b"startxxxx")])
def test_a_damaged_file_opens_again_without_a_word(data: bytes) -> None:
    result = tried("repair", data)
    assert result.notes & {"mended", "rescued"}
    assert_sound(result.data)


@pytest.mark.parametrize("deep", [False, True])
def test_a_page_tree_that_leads_back_into_itself_is_one_again(deep: bool) -> None:
    result = tried("repair", ring_of_pages(deep=deep))
    assert result.notes == {"mended"}
    assert_sound(result.data)
    with pikepdf.open(io.BytesIO(result.data)) as mended:
        assert len(mended.pages) == mended.Root.Pages.Count == 3
        assert [float(page.mediabox[2]) for page in mended.pages] == [200, 210, 220]


@pytest.mark.parametrize("tool", ["crop", "text", "pictures", "rotate", "merge"])
def test_other_tools_name_it_for_a_file_that_they_cannot_read(tool: str) -> None:
    with pytest.raises(DamagedPdf, match="Repair a PDF"):
        tried(tool, headless())
    with pytest.raises(UnreadablePdf) as refused:
        tried("repair", headless())
    assert not isinstance(refused.value, DamagedPdf)  # it would name itself


@pytest.mark.parametrize("tool", ["rotate", "repair"])
def test_a_file_without_pages_is_said_to_have_none(tool: str) -> None:
    with pytest.raises(NoPages if tool == "rotate" else UnreadablePdf):
        tried(tool, no_pages())


def test_what_is_no_pdf_is_not_made_one() -> None:
    with pytest.raises(NotAPdf):
        tried("repair", b"Dear diary")
