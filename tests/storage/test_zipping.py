"""ZIP archives as others read them."""

import io
import subprocess
import tracemalloc
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pliego.storage import zipping
from pliego.storage.zipping import BLOCK, Entry, from_path, length, stream, unique

MOMENT = datetime(2026, 5, 3, 14, 5, 6)


def entry(name: str, data: bytes, step: int = 1000) -> Entry:
    return Entry(name, len(data), MOMENT, lambda: (data[at : at + step] for at in range(0, len(data), step)))


def made(entries: list[Entry]) -> bytes:
    archive = b"".join(stream(entries))
    assert len(archive) == length(entries)
    return archive


def read(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {info.filename: opened.read(info) for info in opened.infolist()}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(min_value=1, max_value=400))
def test_what_goes_in_comes_out(contents: list[bytes], step: int) -> None:
    files = {f"{number} ñ 標.pdf": data for number, data in enumerate(contents)}
    assert read(made([entry(name, data, step) for name, data in files.items()])) == files


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 7])
@pytest.mark.parametrize("step", [1000, BLOCK, 10 * BLOCK])
def test_at_the_edges_of_blocks(size: int, step: int) -> None:
    data = bytes(index % 251 for index in range(size))
    assert read(made([entry("a", data, step), entry("b", b"x")])) == {"a": data, "b": b"x"}


@pytest.mark.parametrize(("big", "many"), [(100, 65535), (10_000, 65535), (0xFFFFFFFF, 2)])
def test_what_is_too_big_for_the_old_format(monkeypatch: pytest.MonkeyPatch, big: int, many: int) -> None:
    monkeypatch.setattr(zipping, "BIG", big)
    monkeypatch.setattr(zipping, "MANY", many)
    files = {f"{number}.pdf": b"%PDF" * 2000 for number in range(3)}
    archive = made([entry(name, data) for name, data in files.items()])
    assert read(archive) == files
    assert b"PK\x06\x06" in archive


def test_the_moment_and_the_name_are_kept() -> None:
    with zipfile.ZipFile(io.BytesIO(made([entry("Año «1».pdf", b"x")]))) as opened:
        info = opened.infolist()[0]
    assert info.filename == "Año «1».pdf"
    assert info.date_time == (2026, 5, 3, 14, 5, 6)
    assert info.external_attr >> 16 == 0o100644


@pytest.mark.parametrize("said", [2, 4])
def test_a_file_of_another_length_ends_the_transfer(said: int) -> None:
    with pytest.raises(ValueError, match="bytes long"):
        made([Entry("a", said, MOMENT, lambda: [b"xyz"])])


def test_another_program_reads_it_while_it_arrives(tmp_path: Path) -> None:
    """GNU and BSD tools differ from Python's: this reads from front to end, without the directory."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF" * 50_000)
    archive = made([from_path("a.pdf", tmp_path / "a.pdf", 200_000, MOMENT), entry("b.pdf", b"%PDF")])
    script = "import sys, zlib\nd = sys.stdin.buffer.read()\nn = int.from_bytes(d[26:28], 'little')\n"
    script += "u = zlib.decompressobj(-15)\nprint(len(u.decompress(d[30 + n:])), u.eof)\n"
    said = subprocess.run(["python3", "-c", script], input=archive, capture_output=True, check=True).stdout
    assert said == b"200000 True\n"


def test_two_gigabytes_in_flat_memory() -> None:
    piece, count = bytes(zipping.READ), (2 << 30) // zipping.READ

    def pieces() -> Iterable[bytes]:
        return (piece for _ in range(count))

    big = Entry("big.pdf", count * zipping.READ, MOMENT, pieces)
    tracemalloc.start()
    total = sum(map(len, stream([big, entry("b", b"x")])))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == length([big, entry("b", b"x")])
    assert peak < 4 << 20


def test_names_are_told_apart() -> None:
    assert unique(["a.pdf", "A.pdf", "b.pdf", "a.pdf"]) == ["a.pdf", "A (2).pdf", "b.pdf", "a (3).pdf"]


@pytest.mark.parametrize("chunks", [[], [b""], [b"%PDF", b"-1.7"], [bytes(BLOCK)], [bytes(BLOCK), b"x"], [b"x"] * 9])
def test_a_file_of_unknown_length_is_read_by_others(chunks: list[bytes]) -> None:
    data = b"".join(stream([Entry("a.csv", None, MOMENT, lambda: chunks), Entry("b", 1, MOMENT, lambda: [b"b"])]))
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    assert archive.read("a.csv") == b"".join(chunks)
    assert archive.read("b") == b"b"


def test_a_file_that_was_deleted_meanwhile_is_left_out() -> None:
    gone = from_path("ida.pdf", Path("not there"), 3, MOMENT)
    data = b"".join(stream([gone, Entry("uno.pdf", 1, MOMENT, lambda: [b"x"])]))
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["uno.pdf"]
