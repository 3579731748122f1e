"""The typeface without ink."""

import struct

from pliego.pdf import glyphless


def test_the_font_file_is_what_truetype_says() -> None:
    data = glyphless._true_type()
    version, count = struct.unpack(">IH", data[:6])
    assert (version, count) == (0x10000, 6)
    names = []
    for number in range(count):
        name, total, offset, length = struct.unpack(">4sIII", data[12 + 16 * number : 28 + 16 * number])
        table = data[offset : offset + length]
        assert len(table) == length
        padded = table + bytes(-length % 4)
        assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == total
        names.append(name)
    assert names == sorted(names)


def test_a_word_is_as_wide_as_it_was() -> None:
    said = glyphless.unseen([("ab", 10.0, 30.0)], 100.0, 20.0)
    assert b"3 Tr" in said
    assert b"150.00 Tz 1 0 0 1 10.00 104.00 Tm <00610062> Tj" in said
