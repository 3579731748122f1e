from collections.abc import Iterable
from pathlib import Path

import pytest

from pliego.search.duplicates import shingles, signature
from pliego.search.index import Index
from pliego.search.query import parse
from pliego.search.records import DocumentRecord, PageRecord
from pliego.search.snapshot import RARE, USUAL
from tests.search.archive import add, record

ASTRONOMY = (
    "La galaxia tiene estrellas, planetas y cometas. El telescopio mira una estrella lejana y su planeta. "
    "Cada cometa vuelve después de muchos años y deja una cola de polvo que brilla cerca del sol."
)
COOKING = "La receta lleva harina, huevos y azúcar. Se cocina en el horno y se sirve el postre con harina tostada."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Index]:
    index = Index(tmp_path_factory.mktemp("related"))
    for number, text in enumerate([ASTRONOMY, COOKING] * 4):
        record = DocumentRecord(f"k{number}", language="es", signature=signature(shingles([text])))
        index.replace(record, [PageRecord(1, f"{text} Dijo el autor número {number}.")])
    yield index
    index.close()


def test_neighbours_are_about_the_same_subject_and_say_why(index: Index) -> None:
    found = index.related("k0", limit=3)
    assert {neighbour.key for neighbour in found} == {"k2", "k4", "k6"}
    assert {"galaxia", "estrellas", "planetas", "cometa"} & set(found[0].shared)
    assert not {"harina", "dijo", "autor"} & set(found[0].shared)
    assert 0 < len(found[0].shared) <= 4


def test_the_unwanted_and_the_hidden_are_left_out(index: Index) -> None:
    found = index.related("k0", unwanted=["k2"], allowed=lambda keys: set(keys) - {"k4"}, limit=1)
    assert [neighbour.key for neighbour in found] == ["k6"]


def test_an_unknown_document_has_no_neighbours(index: Index) -> None:
    assert index.related("nobody") == []


def test_near_copies_are_found_by_their_bands(index: Index) -> None:
    own = signature(shingles([ASTRONOMY]))
    assert sorted(index.near(own)) == ["k0", "k2", "k4", "k6"]
    assert index.near(own, allowed=lambda _: {"k2"}) == ["k2"]
    assert index.near(b"") == []


def test_mistyped_words_are_corrected_from_the_archive(index: Index) -> None:
    assert index.corrected(parse("telescpoio galaxia")) == {"telescpoio": "telescopio"}
    assert index.corrected(parse("azucra")) == {"azucra": "azúcar"}


def test_a_slip_that_stands_in_print_is_corrected_where_far_more_know_better(tmp_path: Path) -> None:
    index = Index(tmp_path)
    add(index, *(record(f"k{n}", "package", author="Manager") for n in range(RARE * USUAL)), record("slip", "packge"))
    assert index.corrected(parse("packge")) == {"packge": "package"}
    assert index.corrected(parse("package")) == {}
    assert index.corrected(parse("author:packge")) == {}, "no author is called package"
    assert index.corrected(parse("author:mangaer")) == {"mangaer": "Manager"}
    add(index, *(record(f"slip{n}", "packge") for n in range(RARE)))
    assert index.corrected(parse("packge")) == {}, "not so rare"
    few = {"slip", "k1", "k2", "k3"}
    assert index.corrected(parse("packge"), allowed=lambda keys: few & set(keys)) == {}, "no more than these are known"
    index.close()


def test_words_of_hidden_documents_are_not_offered(index: Index) -> None:
    assert index.corrected(parse("telescpoio"), allowed=lambda keys: {"k1"} & set(keys)) == {}


def test_a_removed_document_is_no_neighbour(tmp_path: Path) -> None:
    index = Index(tmp_path)
    for key in "abc":
        index.replace(DocumentRecord(key, language="es"), [PageRecord(1, ASTRONOMY)])
    index.remove("b")
    assert [neighbour.key for neighbour in index.related("a")] == ["c"]
    index.close()
