"""A few members out of a ZIP file: the standard library's reader makes an object for every member before it reads one.

For archives of our own making: deflated members with short ASCII names, no comment at the end, less than 4 GiB
(APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16).
"""

import os
import zlib
from collections.abc import Callable, Iterator
from struct import Struct, error
from typing import BinaryIO, NamedTuple

_END = Struct("<4s6xHLLH")
_ENTRY = Struct("<4s12xLLLHHH8xL")
_HEADER = Struct("<4s22xHH")
_TORN = "a torn archive"


_TAIL = 4096
"""Bytes at the end that mostly hold the whole directory."""


class _Member(NamedTuple):
    crc: int
    size: int
    """Bytes as packed."""
    header: int
    """Where its local header is."""
    named: int
    """Bytes of its name and what else stands between header and content."""


def members(file: BinaryIO, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """Name and content of those whose names are wanted, in the order of the archive.

    Raise ValueError or zlib.error when the archive is torn or a byte of a member was flipped. The file need not be
    buffered: little is read of it, and in few pieces.
    """
    try:
        directory = _directory(file)
        for name, member in directory:
            if wanted(name):
                yield name, _content(file, member)
    except error as torn:
        raise ValueError(_TORN) from torn


def _directory(file: BinaryIO) -> Iterator[tuple[str, _Member]]:
    length = file.seek(0, os.SEEK_END)
    tail = _read(file, max(length - _TAIL, 0), min(length, _TAIL))
    mark, count, size, start, _ = _END.unpack(tail[-_END.size :])
    if mark != b"PK\5\6":
        raise ValueError(_TORN)
    before = length - len(tail)
    central = tail[start - before :] if start >= before else _read(file, start, size)
    at = 0
    for _ in range(count):
        mark, crc, packed, _, name_length, extra, comment, header = _ENTRY.unpack_from(central, at)
        if mark != b"PK\1\2":
            raise ValueError(_TORN)
        at += _ENTRY.size
        yield central[at : at + name_length].decode("ascii"), _Member(crc, packed, header, name_length + extra)
        at += name_length + extra + comment


def _content(file: BinaryIO, member: _Member) -> bytes:
    whole = _read(file, member.header, _HEADER.size + member.named + member.size)
    mark, name_length, extra = _HEADER.unpack_from(whole)
    start = _HEADER.size + name_length + extra
    content = zlib.decompress(whole[start : start + member.size], -zlib.MAX_WBITS)
    if mark != b"PK\3\4" or zlib.crc32(content) != member.crc:
        raise ValueError(_TORN)
    return content


def _read(file: BinaryIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)
