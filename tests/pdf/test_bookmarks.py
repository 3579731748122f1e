import io

import pikepdf
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from pliego.pdf.bookmarks import Bookmark, moved, read_bookmarks, write_bookmarks
from pliego.pdf.destinations import places_of
from tests.samples import bookmarked, nested_bookmarks, ring_of_bookmarks

TITLES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
COLOURS = st.sampled_from([(), (1.0, 0.0, 0.0)])
PLAIN = st.builds(Bookmark, TITLES, st.integers(0, 3), colour=COLOURS, flags=st.integers(0, 3))
TREES = st.recursive(
    PLAIN,
    lambda below: st.builds(
        Bookmark,
        st.just("part"),
        st.none(),
        open=st.booleans(),
        children=st.lists(below, min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=8,
)


def written(bookmarks: list[Bookmark]) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(4):
        pdf.add_blank_page()
    write_bookmarks(pdf, bookmarks)
    out = io.BytesIO()
    pdf.save(out)
    return pikepdf.open(out)


@given(st.lists(TREES, max_size=4))
def test_bookmarks_that_are_written_read_the_same(bookmarks: list[Bookmark]) -> None:
    pdf = written(bookmarks)
    seen = read_bookmarks(pdf, places_of(pdf))
    assert strip(seen) == strip(bookmarks)
    assert pdf.check_pdf_syntax() == []


def strip(bookmarks: list[Bookmark] | tuple[Bookmark, ...]) -> list[object]:
    return [(each.title, each.page, each.colour, each.flags, each.open, strip(each.children)) for each in bookmarks]


def test_an_address_is_kept() -> None:
    pdf = written([Bookmark("web", address="https://example.org/")])
    assert read_bookmarks(pdf, places_of(pdf))[0].address == "https://example.org/"


def test_bookmarks_that_lead_nowhere_go_unless_others_stand_below() -> None:
    tree = [Bookmark("a", 0, children=(Bookmark("b", 1),)), Bookmark("c", 0)]
    kept = moved(tree, {1: 5}.get)
    assert [(each.title, each.page) for each in kept] == [("a", None)]
    assert kept[0].children[0].page == 5


def test_odd_outlines_come_to_an_end() -> None:
    for data in (bookmarked("a", "b"), nested_bookmarks(200), ring_of_bookmarks()):
        pdf = pikepdf.open(io.BytesIO(data))
        assert len(read_bookmarks(pdf, places_of(pdf))) < 100


def test_what_a_bookmark_tells_is_free_of_the_document_it_came_from() -> None:
    pdf = written([Bookmark("uno", 2, colour=(1.0, 0.0, 0.0))])
    item = pdf.Root.Outlines.First
    item.Dest = Array([item.Dest[0], pdf.make_indirect(Name.XYZ), Dictionary(A=pdf.Root), 700, String("x")])
    item.C = Array([String("red"), 0, 0])
    (bookmark,) = read_bookmarks(pdf, places_of(pdf))
    assert (bookmark.view, bookmark.colour) == ((Name.XYZ, None, 700, None), ())
    again = written([bookmark])
    assert read_bookmarks(again, places_of(again)) == [bookmark]
