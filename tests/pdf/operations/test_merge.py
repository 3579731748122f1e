import io

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import pictures, same_pages, titles, tried
from tests.samples import leaflet


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_the_pages_follow_file_by_file(counts: list[int]) -> None:
    files = [sample_pdf(count) for count in counts]
    result = tried("merge", *files)
    assert same_pages(pictures(result.data), [picture for file in files for picture in pictures(file)])


def test_each_file_has_a_bookmark_over_its_own() -> None:
    pdf = tried("merge", sample_pdf(2), leaflet(), sample_pdf(3), names=["Uno.pdf", "dos.PDF", "3.pdf"]).pdf
    assert titles(pdf) == [
        ("Uno", 1, [("First", 1, [("Last", 2, [])])]),
        ("dos", 3, []),
        ("3", 4, [("First", 4, [("Last", 6, [])])]),
    ]


def test_without_entries_the_bookmarks_stand_side_by_side() -> None:
    pdf = tried("merge", sample_pdf(2), sample_pdf(2), entries=False).pdf
    assert [title for title, _, _ in titles(pdf)] == ["First", "First"]


def test_forms_and_links_work_on() -> None:
    result = tried("merge", sample_pdf(2), sample_pdf(2))
    fields = [str(field.T) for field in result.pdf.Root.AcroForm.Fields]
    assert len(set(fields)) == 2
    assert result.notes == {"renamed"}
    pdf = result.pdf
    link = next(each for each in pdf.pages[2].Annots if each.Subtype == "/Link")
    assert link.Dest[0].objgen == pdf.pages[3].obj.objgen


def test_named_places_lead_into_their_own_file() -> None:
    pdf = tried("merge", *[linked_by_name(count) for count in (2, 3)]).pdf
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    for first, last in ((0, 1), (2, 4)):
        aim = names[str(pdf.pages[first].Annots[0].Dest)]
        aim = aim.D if isinstance(aim, pikepdf.Dictionary) else aim
        assert aim[0].objgen == pdf.pages[last].obj.objgen


def linked_by_name(pages: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample_pdf(pages))) as pdf:
        pdf.pages[0].Annots[0].Dest = pikepdf.String("last")
        pdf.save(out)
    return out.getvalue()


def test_attachments_of_all_files_come_along_and_facts_of_the_first() -> None:
    pdf = tried("merge", sample_pdf(1), sample_pdf(1)).pdf
    assert sorted(pdf.attachments) == ["note.txt", "note.txt (2)"]
    assert pdf.docinfo["/Title"] == "Título"


def packed(pages: int) -> bytes:
    """Pages whose small objects lie in compressed streams."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample_pdf(pages))) as pdf:
        pdf.save(out, min_version="1.5", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def test_what_was_packed_stays_packed() -> None:
    files = [packed(60), packed(60)]
    assert len(tried("merge", *files).data) < 1.1 * sum(map(len, files))
    assert len(tried("extract", files[0], pages="1-60").data) < 1.1 * len(files[0])


def test_what_old_readers_can_open_they_can_open_still() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample_pdf(3))) as pdf:
        pdf.save(out, force_version="1.4", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    result = tried("rotate", out.getvalue())
    assert result.data.startswith(b"%PDF-1.4")
    assert b"/ObjStm" not in result.data
