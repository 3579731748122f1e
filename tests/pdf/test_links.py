"""Links on pages."""

import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pliego.errors import NotFound, ReaderStopped, UnreadablePdf
from pliego.pdf import links
from pliego.pdf.confinement import Limits
from pliego.pdf.deep import PageNumbers, page_in
from pliego.pdf.links import read_links
from pliego.pdf.reader import Reader
from pliego.pdf.values import Link, links_from
from tests.pdf.opened import opened
from tests.samples import leaflet
from tests.samples.linked import linked, many_dead_links

BOX = (100, 180, 100, 20)


def links_of(data: bytes, number: int = 1) -> list[Link]:
    with opened(data) as source:
        return read_links(source, number)


def test_a_link_to_a_page() -> None:
    assert links_of(linked(3)) == [Link(*BOX, page=3, down=300)]


def test_a_link_by_name() -> None:
    assert links_of(linked("nota")) == [Link(*BOX, page=3, down=100)]


@pytest.mark.parametrize("address", ["https://example.org/a?b=1", "http://example.org", "mailto:ana@example.org"])
def test_a_link_to_the_web(address: str) -> None:
    assert links_of(linked(address)) == [Link(*BOX, address=address)]


@pytest.mark.parametrize(
    "aim",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://e/\u202e",
            "https://e/" + "x" * 3000,
        ),
        *("//example.org", "nada", ""),
        {"Dest": String("nadie")},
        {"Dest": Array([])},
        {"Dest": Array([7, Name.Fit])},
        {"Dest": Array([Dictionary(Type=Name.Page), Name.Fit])},
        {"A": Dictionary(S=Name.Launch, F=String("calc.exe"))},
        {"A": Dictionary(S=Name.GoToR, F=String("x.pdf"), D=String("nota"))},
        {"A": 5},
        {},
    ],
)
def test_what_leads_nowhere_is_left_out(aim: Any) -> None:
    assert links_of(linked(aim, 2)) == [Link(*BOX, page=2, down=300)]


@pytest.mark.parametrize("box", [(700, 900, 800, 950), (1, 1, 1, 1), (1, 2), ("a", "b", "c", "d")])
def test_what_lies_nowhere_is_left_out(box: Any) -> None:
    assert links_of(linked(2, box=[String(edge) if isinstance(edge, str) else edge for edge in box])) == []


def test_a_box_written_backwards_and_beyond_the_page() -> None:
    assert links_of(linked(2, box=(700, 900, 500, 700)))[0] == Link(500, 0, 100, 100, page=2, down=300)


@pytest.mark.parametrize(
    ("degrees", "box"), [(90, (600, 100, 20, 100)), (180, (400, 600, 100, 20)), (270, (180, 400, 20, 100))]
)
def test_boxes_turn_with_the_page(degrees: int, box: tuple[float, ...]) -> None:
    (link,) = links_of(linked(2, rotate=degrees))
    assert (link.x, link.y, link.width, link.height) == box


def test_no_more_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST", 3)
    assert len(links_of(linked(*[2] * 5))) == 3


def test_pages_below_nodes() -> None:
    data = linked(5, "nota", pages=7, tree=True)
    assert [link.page for link in links_of(data)] == [5, 7]
    assert links_of(data, 6) == []
    with opened(data) as source, source.qpdf() as pdf:
        root = pdf.Root.Pages
        numbers = PageNumbers(root)
        for number in range(1, 8):
            page = page_in(root, number)
            assert page is not None
            assert numbers.of(page) == number
        with pytest.raises(ValueError, match="root"):
            numbers.of(_ring(pdf))


def test_many_links_into_many_pages_cost_little() -> None:
    """Each link had cost a walk along all pages beside its own."""
    data = linked(*[3000] * links.MOST, pages=3000)
    with opened(data) as source:
        before = time.process_time()
        found = read_links(source, 1)
        assert time.process_time() - before < 0.4
    assert {link.page for link in found} == {3000}


def test_links_that_take_too_long_are_given_up(reader: Reader, tmp_path: Path) -> None:
    """The page of a document waits for them: one person's file could hold it for half a minute."""
    path = tmp_path / "links.pdf"
    path.write_bytes(many_dead_links(200_000))
    before = time.monotonic()
    with pytest.raises(ReaderStopped) as stopped:
        reader.links(path, 1)
    assert stopped.value.reason == "time"
    assert time.monotonic() - before < Limits().cpu, "as long as what nobody waits for"


def _ring(pdf: pikepdf.Pdf) -> pikepdf.Object:
    node = pdf.make_indirect(Dictionary(Count=1))
    node.Parent, node.Kids = node, Array([node])
    return node


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_page_that_is_not_there(number: int) -> None:
    with pytest.raises(NotFound):
        links_of(linked(2), number)


def test_a_tree_without_pages_is_damaged() -> None:
    with pytest.raises(UnreadablePdf):
        links_of(leaflet().replace(b"/Kids", b"/Kidz"), 1)


@pytest.mark.parametrize("data", [[[1]], [["a", 0, 0, 0]], [[0, 0, 1, 1, 0, None, "javascript:x"]], {}, [[0, 0, 1, 1]]])
def test_an_answer_of_another_shape_is_refused(data: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        links_from(data)


def test_the_confined_reader_tells_the_same(reader: Reader, tmp_path: Any) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(linked(3, "https://example.org"))
    assert reader.links(file, 1) == links_of(file.read_bytes())
