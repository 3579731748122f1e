import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.errors import BadRequest
from pliego.pdf.labels import Label, read_labels
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import pictures, same_pages, titles, tried

SAMPLE = sample_pdf(4)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_the_result_is_the_chosen_pages_in_their_order(pages: list[int]) -> None:
    result = tried("extract", SAMPLE, pages=",".join(map(str, pages)))
    before = pictures(SAMPLE)
    assert same_pages(pictures(result.data), [before[page - 1] for page in pages])
    assert result.report.pages == len(pages)


def test_bookmarks_links_labels_and_forms_of_the_pages_come_along() -> None:
    pdf = tried("extract", SAMPLE, pages="4,1").pdf
    assert titles(pdf) == [("First", 2, [("Last", 1, [])])]
    link = next(each for each in pdf.pages[1].Annots if each.Subtype == "/Link")
    assert link.Dest[0].objgen == pdf.pages[0].obj.objgen
    assert read_labels(pdf) == [Label("/r", "", 4), Label("/r", "", 1)]
    assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["name"]
    assert list(pdf.attachments) == ["note.txt"]
    assert pdf.docinfo["/Title"] == "Título"


def test_links_and_bookmarks_to_other_pages_are_removed_and_told() -> None:
    result = tried("extract", SAMPLE, pages="1")
    assert titles(result.pdf) == [("First", 1, [])]
    assert [str(each.Subtype) for each in result.pdf.pages[0].Annots] == ["/Widget"]
    assert result.report.notes[0].params == {"count": 1}


def test_nothing_of_the_other_pages_stays() -> None:
    pdf = tried("extract", SAMPLE, pages="2").pdf
    streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Subtype" not in thing]
    contents = [thing.read_bytes() for thing in streams]
    pages = [content for content in contents if b"of page" in content]
    assert len(pages) == 1
    assert b"page 2" in pages[0]


def test_a_protected_document_gives_an_open_one_and_says_so() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(SAMPLE)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="", owner="boss"))
    assert tried("extract", out.getvalue(), pages="1").notes == {"opened", "dead-links"}


def test_the_pages_have_to_be_told() -> None:
    with pytest.raises(BadRequest, match="pages"):
        tried("extract", SAMPLE)
