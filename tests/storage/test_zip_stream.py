import io
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from pliego.storage.zip_stream import Entry, stream

MADE = datetime(2026, 3, 4, 5, 6, 8, tzinfo=UTC)


def test_other_programs_read_it() -> None:
    entries = [
        Entry("uno.pdf", MADE, [b"%PDF", b"-1.7"]),
        Entry("carpeta/dos.txt", MADE, iter([])),
        Entry("ñ.pdf", MADE, [b"x"]),
    ]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream(entries))))
    assert archive.testzip() is None
    assert archive.namelist() == ["uno.pdf", "carpeta/dos.txt", "ñ.pdf"]
    assert archive.read("uno.pdf") == b"%PDF-1.7"
    assert archive.getinfo("uno.pdf").date_time == (2026, 3, 4, 5, 6, 8)


def test_a_file_that_was_deleted_meanwhile_is_left_out() -> None:
    gone = (Path("not there").read_bytes() for _ in range(1))
    data = b"".join(stream([Entry("ida.pdf", MADE, gone), Entry("uno.pdf", MADE, [b"x"])]))
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["uno.pdf"]


def test_two_gigabytes_take_no_memory() -> None:
    block = bytes(1 << 20)
    entries = (Entry(f"{number}.pdf", MADE, (block for _ in range(256))) for number in range(8))
    tracemalloc.start()
    try:
        total = sum(map(len, stream(entries)))
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
    assert total > 2 << 30
