"""The tags of documents that are joined or taken apart."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NumberTree, Pdf, String

from pliego.pdf import structure
from pliego.pdf.sample import sample_pdf
from pliego.pdf.transplant import Donor, Graft
from tests.pdf.operations.tried import assert_sound, tried


def tagged(word: str, pages: int = 3) -> bytes:
    """A document with a paragraph on each page, a link on the first, an empty cell and a heading of its own kind."""
    pdf = pikepdf.open(io.BytesIO(sample_pdf(pages)))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(Titular=Name.H1)))
    body = element(pdf, root, Name.Document)
    kids, numbers = [], []
    for number, page in enumerate(pdf.pages):
        kids.append(element(pdf, body, Name.Titular, Pg=page.obj, K=0, Alt=String(f"{word} {number}")))
        page.obj.StructParents = number
        numbers += [number, Array([kids[-1]])]
    link = pdf.pages[0].Annots[0] = pdf.make_indirect(pdf.pages[0].Annots[0])
    link.StructParent = pages
    thing = Dictionary(Type=Name.OBJR, Obj=link)
    kids.append(element(pdf, body, Name.Link, Pg=pdf.pages[0].obj, K=thing, ID=String(word)))
    kids.append(element(pdf, body, Name.TD))
    kids[-1].K = element(pdf, kids[-1], Name.P)
    body.K, root.K = Array(kids), body
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([*numbers, pages, kids[-2]])))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def element(pdf: Pdf, parent: Any, kind: Any, **more: Any) -> Any:
    return pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=parent, **more))


def bodies(pdf: Pdf) -> list[Any]:
    return list(pdf.Root.StructTreeRoot.K)


def told(pdf: Pdf) -> list[tuple[str, str, int]]:
    """Of each element below the documents: its kind, its words, and its page from 1."""
    where = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return [
        (str(kid.S), str(kid.get("/Alt", "")), where[kid.Pg.objgen] if "/Pg" in kid else 0)
        for body in bodies(pdf)
        for kid in body.K
    ]


def assert_numbered(pdf: Pdf) -> None:
    """Each page, and each link, leads to its elements, and each element to its parent."""
    tree = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        if "/StructParents" in page.obj:
            assert tree[int(page.obj.StructParents)][0].Pg.objgen == page.obj.objgen
        for annotation in page.obj.get("/Annots", []):
            if "/StructParent" in annotation:
                assert tree[int(annotation.StructParent)].K.Obj.objgen == annotation.objgen
    for body in bodies(pdf):
        assert body.P.objgen == pdf.Root.StructTreeRoot.objgen
        assert all(kid.P.objgen == body.objgen for kid in body.K)


def test_trees_stand_side_by_side() -> None:
    result = tried("merge", tagged("uno", 2), tagged("dos", 3))
    assert_sound(result.data)
    pdf = result.pdf
    assert [row for row in told(pdf) if row[1]] == [
        ("/Titular", "uno 0", 1), ("/Titular", "uno 1", 2),
        ("/Titular", "dos 0", 3), ("/Titular", "dos 1", 4), ("/Titular", "dos 2", 5),
    ]  # fmt: skip
    assert [kind for kind, _, _ in told(pdf)].count("/TD") == 2
    assert_numbered(pdf)
    assert len(NumberTree(pdf.Root.StructTreeRoot.ParentTree)) == 7
    assert pdf.Root.StructTreeRoot.RoleMap.Titular == "/H1"
    assert set(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)) == {"uno", "dos"}
    assert pdf.Root.MarkInfo.Marked
    assert "untagged" not in result.notes


def test_only_what_belongs_to_the_pages_comes_along() -> None:
    result = tried("extract", tagged("secreto"), pages="3,1")
    assert_sound(result.data)
    assert [row for row in told(result.pdf) if row[1]] == [("/Titular", "secreto 0", 2), ("/Titular", "secreto 2", 1)]
    assert ("/Link", "", 2) in told(result.pdf)
    assert_numbered(result.pdf)
    out = io.BytesIO()
    result.pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"secreto 0" in out.getvalue()
    assert b"secreto 1" not in out.getvalue()


def test_numbers_written_within_the_root_are_read_too() -> None:
    with pikepdf.open(io.BytesIO(tagged("uno"))) as pdf:
        root = pdf.Root.StructTreeRoot
        root.ParentTree = Dictionary(Nums=Array(list(root.ParentTree.Nums)))
        out = io.BytesIO()
        pdf.save(out)
    pdf = tried("extract", out.getvalue(), pages="2-3").pdf
    assert all("/StructParents" in page.obj for page in pdf.pages)
    assert_numbered(pdf)


def test_a_page_that_comes_twice_has_its_tags_once() -> None:
    pdf = tried("extract", tagged("uno"), pages="1,1").pdf
    assert ["/StructParents" in page.obj for page in pdf.pages] == [True, False]
    assert_numbered(pdf)


def test_beside_a_document_without_tags() -> None:
    bare = pikepdf.open(io.BytesIO(sample_pdf(1)))
    bare.pages[0].obj.StructParents = 0
    out = io.BytesIO()
    bare.save(out)
    pdf = tried("merge", out.getvalue(), tagged("dos", 2)).pdf
    assert "/StructParents" not in pdf.pages[0].obj
    assert_numbered(pdf)
    assert "/MarkInfo" not in pdf.Root


def test_what_is_too_large_or_goes_in_a_ring_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "MOST", 2)
    result = tried("merge", tagged("uno"))
    assert result.notes == {"untagged"}
    assert "/StructTreeRoot" not in result.pdf.Root
    monkeypatch.undo()
    pdf = pikepdf.open(io.BytesIO(tagged("uno")))
    body = pdf.Root.StructTreeRoot.K
    body.K.append(body)
    graft = Graft()
    graft.add(Donor(pdf))
    assert len(graft.finish().Root.StructTreeRoot.K[0].K) == 5


def test_parts_have_their_own_tags() -> None:
    assert tried("split", tagged("uno")).notes == {"parts"}
    assert tried("split", tagged("uno"), by="size").notes >= {"untagged"}
