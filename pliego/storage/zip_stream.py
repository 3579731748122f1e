"""A ZIP that is sent while it is made: memory does not grow with it, and nothing is written to the disk.

PDFs are packed already, so entries are stored as they are. Sizes stand behind each entry (APPNOTE 4.4.4, bit 3) and
all is written as ZIP64, which every reader of the last twenty years knows.
"""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be: its path in the archive, when it was made, and its bytes as they come."""

    name: str
    made: datetime
    chunks: Iterable[bytes]


class _Sink:
    """What zipfile writes to; it cannot be gone back in."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keep a piece until it is taken."""
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        """Give and forget what was written since the last time."""
        taken = b"".join(self._written)
        self._written.clear()
        return taken


def stream(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The bytes of an archive, entry after entry. An entry whose bytes are gone when its turn comes is left out."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]  # needs only write
        for entry in entries:
            yield from _written(archive, sink, entry)
    yield sink.take()


def _written(archive: zipfile.ZipFile, sink: _Sink, entry: Entry) -> Iterator[bytes]:
    chunks = iter(entry.chunks)
    try:
        first = next(chunks, b"")
    except FileNotFoundError:
        return
    info = zipfile.ZipInfo(entry.name, entry.made.timetuple()[:6])
    info.external_attr = 0o644 << 16
    with archive.open(info, "w", force_zip64=True) as file:
        file.write(first)
        for chunk in chunks:
            yield sink.take()
            file.write(chunk)
    yield sink.take()
