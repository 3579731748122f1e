"""ZIP archives written while they are sent: nothing is kept in memory, and the length is known before the first byte
when that of each file is.

Entries are deflate streams of stored blocks (RFC 1951, 3.2.4): PDFs are packed already, and unlike entries of the
method "stored" these can be read by programs that unpack while they receive. Names are UTF-8. Sizes and places beyond
4 GiB, and more than 65,534 entries, are written as ZIP64 (APPNOTE.TXT 4.3 and 4.5.3).
"""

import zlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from struct import pack

BLOCK = 65_535
"""Bytes in a stored block."""
READ = 8 * BLOCK
BIG = 0xFFFFFFFF
MANY = 0xFFFF
_FLAGS = 0x0808
"""The sizes follow the data; the name is UTF-8."""
_DEFLATE = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive: its name there, the size in bytes if it is known, when it changed, and how to read it."""

    name: str
    size: int | None
    modified: datetime
    read: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class _Written:
    entry: Entry
    size: int
    offset: int
    crc: int


def from_path(name: str, path: Path, size: int, modified: datetime) -> Entry:
    """An entry of what lies in a file."""
    return Entry(name, size, modified, lambda: _chunks(path))


def length(entries: Sequence[Entry]) -> int:
    """How many bytes `stream` gives; the size of each file must be known."""
    at, written = 0, []
    for entry in entries:
        done = _Written(entry, entry.size or 0, at, 0)
        written.append(done)
        at += len(_local(entry)) + _packed(done.size) + len(_descriptor(done))
    return at + len(_directory(written, at))


def stream(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The archive in pieces; a file that is gone when its turn comes is left out.

    Raise ValueError when one is not as long as was said, which ends the transfer.
    """
    at, written = 0, []
    for entry in entries:
        chunks = iter(entry.read())
        try:
            first = next(chunks, b"")
        except FileNotFoundError:
            continue
        head = _local(entry)
        yield head
        size, crc = yield from _data(entry, chain([first], chunks))
        done = _Written(entry, size, at, crc)
        tail = _descriptor(done)
        yield tail
        written.append(done)
        at += len(head) + _packed(size) + len(tail)
    yield _directory(written, at)


def unique(names: Iterable[str]) -> list[str]:
    """Names for one folder: what was there before, whatever its case, gets a number before its ending."""
    taken: set[str] = set()
    found = []
    for name in names:
        path, number, free = Path(name), 2, name
        while free.casefold() in taken:
            free, number = f"{path.stem} ({number}){path.suffix}", number + 1
        taken.add(free.casefold())
        found.append(free)
    return found


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(READ):
            yield chunk


def _data(entry: Entry, chunks: Iterable[bytes]) -> Generator[bytes, None, tuple[int, int]]:
    """The packed bytes, a piece for each that is read; return their number before that, and their checksum."""
    crc, size, rest = 0, 0, b""
    for chunk in chunks:
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
        if entry.size is not None and size > entry.size:
            break
        waiting = rest + chunk if rest else chunk
        goes_on = entry.size is not None and size < entry.size
        whole = max(len(waiting) - (not goes_on), 0) // BLOCK * BLOCK  # the last block is written at the end
        yield b"".join(_blocks(memoryview(waiting)[:whole]))
        rest = waiting[whole:]
    if entry.size not in (None, size):
        raise ValueError(f"{entry.name} is not {entry.size} bytes long")
    yield pack("<BHH", 1, len(rest), len(rest) ^ 0xFFFF) + rest
    return size, crc


def _blocks(data: memoryview) -> Iterator[bytes | memoryview]:
    head = pack("<BHH", 0, BLOCK, BLOCK ^ 0xFFFF)
    for at in range(0, len(data), BLOCK):
        yield head
        yield data[at : at + BLOCK]


def _packed(size: int) -> int:
    """The length of a size once it is cut into blocks."""
    return size + 5 * max(1, -(-size // BLOCK))


def _big(entry: Entry) -> bool:
    """Whether its sizes have eight bytes, which is to be said before the file is read."""
    return entry.size is None or _packed(entry.size) >= BIG


def _moment(moment: datetime) -> int:
    """A local time as MS-DOS wrote it: from 1980 on, in steps of two seconds."""
    year = min(max(moment.year, 1980), 2107) - 1980
    day = year << 9 | moment.month << 5 | moment.day
    return day << 16 | moment.hour << 11 | moment.minute << 5 | moment.second // 2


def _local(entry: Entry) -> bytes:
    name, big = entry.name.encode(), _big(entry)
    extra = pack("<HHQQ", 1, 16, 0, 0) if big else b""
    size = 0xFFFFFFFF if big else 0
    head = pack(
        "<IHHHIIIIHH", 0x04034B50, 45 if big else 20, _FLAGS, _DEFLATE, _moment(entry.modified),
        0, size, size, len(name), len(extra),
    )  # fmt: skip
    return head + name + extra


def _descriptor(done: _Written) -> bytes:
    sizes = "QQ" if _big(done.entry) else "II"
    return pack(f"<II{sizes}", 0x08074B50, done.crc, _packed(done.size), done.size)


def _directory(written: Sequence[_Written], at: int) -> bytes:
    """The central directory and its end. ``at``: where it begins."""
    entries = b"".join(map(_central, written))
    count, size = len(written), len(entries)
    end = b""
    if count >= MANY or size >= BIG or at >= BIG:
        end = pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, at)
        end += pack("<IIQI", 0x07064B50, 0, at + size, 1)
        count, size, at = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    return entries + end + pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, size, at, 0)


def _central(written: _Written) -> bytes:
    entry, name = written.entry, written.entry.name.encode()
    sizes, offset, extra = (_packed(written.size), written.size), written.offset, b""
    if _big(entry) or offset >= BIG:
        extra = pack("<HHQQQ", 1, 24, written.size, sizes[0], offset)
        sizes, offset = (0xFFFFFFFF, 0xFFFFFFFF), 0xFFFFFFFF
    head = pack(
        "<IHHHHIIIIHHHHHII", 0x02014B50, 3 << 8 | 45, 45 if extra else 20, _FLAGS, _DEFLATE, _moment(entry.modified),
        written.crc, *sizes, len(name), len(extra), 0, 0, 0, 0o100644 << 16, offset,
    )  # fmt: skip
    return head + name + extra
