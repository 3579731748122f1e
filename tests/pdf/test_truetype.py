"""A font cut down to some of its glyphs."""

import io
import struct

import pytest
from PIL import ImageFont

from pliego.pdf import typeface
from pliego.pdf.truetype import TrueType

WHOLE = TrueType(typeface.load())
LETTERS = "AŁąΩжẰ"


def tables(data: bytes) -> dict[bytes, bytes]:
    count = struct.unpack_from(">H", data, 4)[0]
    entries = struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])
    return {name: data[offset : offset + length] for name, _sum, offset, length in entries}


def test_letters_are_found_by_their_glyphs() -> None:
    assert WHOLE.advance(WHOLE.glyphs["A"]) == 1366  # as wide as that of Helvetica, 667 thousandths
    assert WHOLE.advance(WHOLE.glyphs["i"]) == 455
    assert len(WHOLE.glyphs) == 2327
    assert "猫" not in WHOLE.glyphs


def test_a_subset_holds_the_same_outlines_under_new_numbers() -> None:
    glyphs = [0, *(WHOLE.glyphs[letter] for letter in LETTERS)]
    data = WHOLE.subset(glyphs)
    assert len(data) < 25_000
    assert struct.unpack_from(">H", tables(data)[b"maxp"], 4)[0] > len(glyphs)  # the parts of the letters with accents
    assert [struct.unpack_from(">H", tables(data)[b"hmtx"], 4 * number)[0] for number in range(len(glyphs))] == [
        WHOLE.advance(glyph) for glyph in glyphs
    ]


def test_the_checksum_of_the_whole_is_right() -> None:
    data = WHOLE.subset([0, 5])
    padded = data + bytes(-len(data) % 4)
    assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == 0xB1B0AFBA


@pytest.mark.parametrize("letter", LETTERS)
def test_another_engine_opens_what_was_cut(letter: str) -> None:
    data = WHOLE.subset([0, WHOLE.glyphs[letter]])
    assert ImageFont.truetype(io.BytesIO(data), 50).getname() is not None
