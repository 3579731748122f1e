"""One page of a long document, opened without visiting those before it."""

import io
import random
from collections.abc import Callable
from contextlib import closing

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from pliego.errors import NotFound
from pliego.pdf import deep
from pliego.pdf.deep import page_at, shortened
from pliego.pdf.picture import draw
from tests import samples
from tests.pdf.opened import opened

Tree = list["Tree | int"]
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.lists(st.just(0), min_size=1, max_size=4), lambda inner: st.lists(inner | st.just(0), min_size=1, max_size=4)
)
WAYS = st.sampled_from(list(pikepdf.ObjectStreamMode.__members__.values()))
ENCRYPTIONS = st.sampled_from([False, pikepdf.Encryption(owner="o", R=6), pikepdf.Encryption(owner="o", R=4)])


@given(TREES, WAYS, ENCRYPTIONS, st.randoms(use_true_random=False))
def test_every_page_of_any_tree_is_the_page_that_pdfium_finds(
    tree: Tree, way: pikepdf.ObjectStreamMode, encryption: "pikepdf.Encryption | bool", dice: random.Random
) -> None:
    pages, data = planted(tree, dice)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=encryption, object_stream_mode=way)
    with opened(out.getvalue()) as source, closing(source.pdfium()) as whole:
        for index in range(pages):
            document = shortened(source, index + 1)
            assert document is not None
            with closing(document):
                assert shown(document, 0) == shown(whole, index)
        assert shortened(source, pages + 1) is None


def planted(tree: Tree, dice: random.Random) -> tuple[int, bytes]:
    """A PDF with this page tree, in which nodes and pages say something of their own here and there."""
    with pikepdf.new() as pdf:
        count = 0

        def grown(node: "Tree | int", parent: pikepdf.Object | None) -> tuple[pikepdf.Object, int]:
            nonlocal count
            made = pdf.make_indirect(Dictionary())
            if parent is not None:
                made.Parent = parent
            if parent is None or dice.random() < 0.4:
                made.MediaBox = Array([0, 0, dice.randint(20, 60), dice.randint(20, 60)])
            if dice.random() < 0.4:
                made.Rotate = dice.choice([0, 90, 180, 270])
            if not isinstance(node, list):
                count += 1
                made.Type = Name.Page
                made.Contents = pdf.make_stream(b"0.%d g %d 5 9 9 re f" % (count % 10, count % 20))
                return made, 1
            kids = [grown(kid, made) for kid in node]
            made.Type, made.Kids, made.Count = Name.Pages, Array([kid for kid, _ in kids]), sum(n for _, n in kids)
            return made, int(made.Count)

        pdf.Root.Pages, pages = grown(tree, None)
        out = io.BytesIO()
        pdf.save(out)
    return pages, out.getvalue()


def shown(document: pypdfium2.PdfDocument, index: int) -> tuple[tuple[float, float], bytes]:
    """Size and picture of a page."""
    with closing(document.get_page(index)) as page:
        size = (round(page.get_width()), round(page.get_height()))
        return page.get_size(), draw(document, page, size, (0, 0, *size)).tobytes()


def test_a_page_far_in_is_drawn_with_its_form_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    far, near = [drawn(samples.form_field(), 1, monkeypatch, first) for first in (1, 99)]
    assert far == near


def test_the_short_way_is_only_taken_far_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep, "FAR", 2)
    with opened(samples.book(3)) as source:
        for number, pages in ((1, 3), (2, 1)):
            with page_at(source, number) as (document, _):
                assert len(document) == pages


@pytest.mark.parametrize("number", [-1, 0, 4, 2**40])
def test_a_page_that_is_not_there_is_not_found(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep, "FAR", 2)
    with opened(samples.book(3)) as source, pytest.raises(NotFound), page_at(source, number):
        pass


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"something before it\n" + data,
        lambda data: data.replace(b"startxref", b"startxxxx"),
        lambda data: data.replace(b"/Count 3", b"/Count 4"),
        lambda data: data.replace(b"/Type /Pages", b"/Type /Maybe").replace(b"/Kids", b"/Kidz"),
    ],
)
def test_of_an_odd_file_nothing_is_taken_for_granted(change: Callable[[bytes], bytes]) -> None:
    data = change(plain(samples.book(3)))
    with opened(data) as source:
        assert shortened(source, 2) is None


def plain(data: bytes) -> bytes:
    """The same without compressed objects."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def drawn(data: bytes, number: int, monkeypatch: pytest.MonkeyPatch, far: int) -> bytes:
    """A page as drawn when pages from ``far`` are reached the short way."""
    monkeypatch.setattr(deep, "FAR", far)
    with opened(data) as source, page_at(source, number) as (document, page):
        return draw(document, page, (200, 200), (0, 0, 200, 200)).tobytes()
