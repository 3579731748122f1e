"""A TrueType font, read as far as some of its letters are to be embedded (Apple's TrueType Reference Manual).

It is one that comes with Pliego, so its tables are taken at their word; fonts of strangers are no matter for this. The
subsetter of fontTools gives the same outlines of all its 2,327 letters, but takes 17 MB of memory and 130 ms of CPU to
be loaded and 105 ms for a sentence, where this takes 2 ms (measured in November 2026).
"""

import struct
from collections.abc import Iterator, Sequence

KEPT = (b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep")
"""What a font embedded in a PDF has (ISO 32000-2, 9.9.1)."""
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80
"""Flags of a part of a glyph made of others."""


class TrueType:
    """The font in these bytes. Glyphs go by their numbers; 0 is what stands for a letter that is not there."""

    def __init__(self, data: bytes) -> None:
        count = struct.unpack_from(">H", data, 4)[0]
        entries = struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])
        self._tables = {name: data[offset : offset + length] for name, _sum, offset, length in entries}
        self.unit: int = struct.unpack_from(">H", self._tables[b"head"], 18)[0]
        """Into how many parts the type size is divided."""
        self.box: tuple[int, ...] = struct.unpack_from(">4h", self._tables[b"head"], 36)
        glyphs = struct.unpack_from(">H", self._tables[b"maxp"], 4)[0]
        measured = struct.unpack_from(">H", self._tables[b"hhea"], 34)[0]
        self._metrics = [struct.unpack_from(">Hh", self._tables[b"hmtx"], 4 * number) for number in range(measured)]
        long = struct.unpack_from(">h", self._tables[b"head"], 50)[0]
        places = struct.unpack_from(f">{glyphs + 1}{'I' if long else 'H'}", self._tables[b"loca"])
        self._places = places if long else [place * 2 for place in places]
        self.glyphs: dict[str, int] = dict(_characters(self._tables[b"cmap"]))
        """By letter."""

    def advance(self, glyph: int) -> int:
        """How far the next glyph is, in parts of the type size."""
        return int(self._metrics[min(glyph, len(self._metrics) - 1)][0])

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A font of these glyphs alone, numbered from 0 as told; what they are made of follows behind."""
        taken = list(dict.fromkeys(glyphs))
        for glyph in taken:  # grows meanwhile
            taken += [part for _at, part in _parts(self._outline(glyph)) if part not in taken]
        numbers = {glyph: number for number, glyph in enumerate(taken)}
        outlines = [_renumbered(self._outline(glyph), numbers) for glyph in taken]
        places = [sum(map(len, outlines[:number])) for number in range(len(outlines) + 1)]
        metrics = [self._metrics[min(glyph, len(self._metrics) - 1)] for glyph in taken]
        changed = {
            b"glyf": b"".join(outlines),
            b"loca": struct.pack(f">{len(places)}I", *places),
            b"hmtx": b"".join(struct.pack(">Hh", *each) for each in metrics),
            b"head": _patched(_patched(self._tables[b"head"], 50, 1), 8, 0, 0),
            b"hhea": _patched(self._tables[b"hhea"], 34, len(taken)),
            b"maxp": _patched(self._tables[b"maxp"], 4, len(taken)),
        }
        return _file({name: changed.get(name, self._tables[name]) for name in KEPT})

    def _outline(self, glyph: int) -> bytes:
        outline = self._tables[b"glyf"][self._places[glyph] : self._places[glyph + 1]]
        return outline + bytes(-len(outline) % 4)


def _characters(table: bytes) -> Iterator[tuple[str, int]]:
    """Letters and their glyphs, from the sub-table for Unicode in format 4."""
    records = struct.iter_unpack(">HHI", table[4 : 4 + 8 * struct.unpack_from(">H", table, 2)[0]])
    start = next(offset for platform, coding, offset in records if (platform, coding) == (3, 1))
    double = struct.unpack_from(">H", table, start + 6)[0]
    ends, begins, deltas, offsets = (
        struct.unpack_from(f">{double // 2}H", table, start + 14 + number * double + (2 if number else 0))
        for number in range(4)
    )
    for number, (first, last, delta, offset) in enumerate(zip(begins, ends, deltas, offsets, strict=True)):
        where = start + 16 + 3 * double + 2 * number + offset
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", table, where + 2 * (code - first))[0] if offset else code
            if glyph and (glyph + delta) & 0xFFFF:
                yield chr(code), (glyph + delta) & 0xFFFF


def _parts(outline: bytes) -> Iterator[tuple[int, int]]:
    """The glyphs that a glyph is made of, each with where its number stands."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        yield at + 2, glyph
        scaled = 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        at += 4 + (4 if flags & _WORDS else 2) + scaled


def _renumbered(outline: bytes, numbers: dict[int, int]) -> bytes:
    for at, glyph in _parts(outline):
        outline = _patched(outline, at, numbers[glyph])
    return outline


def _patched(table: bytes, at: int, *words: int) -> bytes:
    return table[:at] + struct.pack(f">{len(words)}H", *words) + table[at + 2 * len(words) :]


def _file(tables: dict[bytes, bytes]) -> bytes:
    """The tables as a file, with their checksums and that of the whole."""
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    body = b""
    for name, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        head += name + struct.pack(">III", _sum(padded), 12 + 16 * len(tables) + len(body), len(table))
        body += padded
    whole = head + body
    at = whole.index(tables[b"head"]) + 8
    rest = (0xB1B0AFBA - _sum(whole)) & 0xFFFFFFFF
    return whole[:at] + struct.pack(">I", rest) + whole[at + 4 :]


def _sum(padded: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
