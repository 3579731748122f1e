import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.documents.sidecar import TextSidecar, first_of
from pliego.pdf.values import Line, PageText
from pliego.storage.derived import Derived

KEY = "ab" * 32


@pytest.fixture
def sidecar(tmp_path: Path) -> TextSidecar:
    return TextSidecar(Derived(tmp_path), KEY, "1")


def page(number: int) -> PageText:
    line = Line(f"Página {number}", 72, 90.5, 100, 12, 11)
    return PageText(number, 595.5, 842, [line], [f"Página {number}"])


def write(sidecar: TextSidecar, first: int, last: int) -> None:
    sidecar.write_chunk(first, [page(number) for number in range(first, last + 1)])


@pytest.mark.parametrize(("number", "first"), [(1, 1), (64, 1), (65, 65), (128, 65), (7000, 6977)])
def test_chunks_begin_every_64_pages(number: int, first: int) -> None:
    assert first_of(number) == first


def test_a_page_is_read_as_it_was_written(sidecar: TextSidecar) -> None:
    write(sidecar, 65, 100)
    assert sidecar.page(70) == page(70)
    assert sidecar.page(101) is None
    assert sidecar.page(1) is None
    assert sidecar.page(0) is None


def test_a_run_of_pages_crosses_chunks(sidecar: TextSidecar) -> None:
    write(sidecar, 1, 64)
    write(sidecar, 65, 128)
    write(sidecar, 129, 130)
    assert [found.number for found in sidecar.pages(60, 500)] == list(range(60, 131))


def test_texts_of_single_pages(sidecar: TextSidecar) -> None:
    write(sidecar, 1, 64)
    write(sidecar, 65, 70)
    assert list(sidecar.texts([70, 3, 71]).items()) == [(3, "Página 3"), (70, "Página 70")]


def test_long_pages_share_no_member(sidecar: TextSidecar, tmp_path: Path) -> None:
    long = [PageText(number, 1, 1, paragraphs=[f"{number} " * 20_000]) for number in range(1, 20)]
    sidecar.write_chunk(1, long)
    with zipfile.ZipFile(Derived(tmp_path).path(KEY, "text-1/1.zip")) as archive:
        assert 5 < len(archive.namelist()) < 20
    assert list(sidecar.pages(1, 64)) == long
    assert sidecar.page(13) == long[12]
    assert sidecar.page(20) is None


def test_a_page_is_kept_as_it_came_until_it_is_changed(sidecar: TextSidecar) -> None:
    line = page(3).encode()
    came = PageText.decode(line[:-1] + b" }")
    sidecar.write_chunk(1, [came])
    assert sidecar.page(3) == came == page(3)
    assert came.encode() == line[:-1] + b" }"
    assert b"otra cosa" in replace(came, paragraphs=["otra cosa"]).encode()


def test_a_page_of_another_shape_counts_as_never_written(sidecar: TextSidecar) -> None:
    data = page(3).to_json()
    for wrong in ({"boxes": [1]}, {"boxes": ["1"] * 5}, {"lines": ["Página 3"]}, {"lines": ""}, {"number": None}):
        odd = page(3)
        object.__setattr__(odd, "encoded", json.dumps({**data, **wrong}).encode())
        sidecar.write_chunk(1, [odd])
        assert sidecar.page(3) is None
        sidecar.write_chunk(1, [page(3)])
        assert sidecar.texts([3]) == {3: "Página 3"}


@pytest.mark.parametrize(
    "after", ['"z":{"a":1,"paragraphs":7}', '"z":{"a":1,"paragraphs": []}', '"z":{"a":1,"paragraphs":[[]]}']
)
def test_a_line_that_a_hostile_reader_has_made_up_counts_as_never_written(sidecar: TextSidecar, after: str) -> None:
    odd = page(3)
    object.__setattr__(odd, "encoded", odd.encode()[:-1] + f",{after}}}".encode())
    sidecar.write_chunk(1, [odd])
    assert sidecar.texts([3]) == {}


def test_complete_when_every_chunk_is_there(sidecar: TextSidecar) -> None:
    write(sidecar, 1, 64)
    write(sidecar, 129, 130)
    assert sidecar.chunks() == {1, 129}
    assert not sidecar.complete(130)
    write(sidecar, 65, 128)
    assert sidecar.complete(130)
    assert sidecar.complete(64)


def test_a_page_belongs_to_its_chunk(sidecar: TextSidecar) -> None:
    with pytest.raises(ValueError, match="page 65"):
        sidecar.write_chunk(1, [page(65)])
    with pytest.raises(ValueError, match="page 2"):
        sidecar.write_chunk(2, [page(2)])
    assert sidecar.chunks() == set()


def test_versions_are_apart(sidecar: TextSidecar, tmp_path: Path) -> None:
    write(sidecar, 1, 1)
    assert TextSidecar(Derived(tmp_path), KEY, "2").page(1) is None


@pytest.mark.parametrize("keep", [0, 10, 200, -30])
def test_a_torn_chunk_counts_as_never_written(sidecar: TextSidecar, tmp_path: Path, keep: int) -> None:
    write(sidecar, 1, 64)
    path = Derived(tmp_path).path(KEY, "text-1/1.zip")
    path.write_bytes(path.read_bytes()[:keep])
    assert sidecar.texts([1]) == {}
    assert sidecar.page(1) is None
    assert not sidecar.complete(1)


def test_a_flipped_byte_is_noticed(sidecar: TextSidecar, tmp_path: Path) -> None:
    write(sidecar, 1, 1)
    path = Derived(tmp_path).path(KEY, "text-1/1.zip")
    with zipfile.ZipFile(path) as archive:
        place = archive.infolist()[0].header_offset + 40
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)
    assert sidecar.page(1) is None


@given(st.text(st.characters(), max_size=50))
def test_any_text_survives_or_is_marked(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    sidecar = TextSidecar(Derived(tmp_path_factory.mktemp("sidecar")), KEY, "1")
    sidecar.write_chunk(1, [PageText(1, 1, 1, paragraphs=[text])])
    found = sidecar.page(1)
    assert found is not None
    assert found.text == text.encode(errors="replace").decode()
