"""A typeface without ink, for words that lie unseen on the picture of a page: selected, found and copied, never drawn.

Every character is an empty square half as wide as high. The TrueType file in it has two empty glyphs (Apple's TrueType
Reference Manual has the tables); the character codes are those of UTF-16, so that one font knows every script.
"""

import struct
from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

ASCENT, DESCENT, ADVANCE = 800, -200, 500
"""In thousandths of the type size."""
_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def glyphless(pdf: Pdf) -> Object:
    """The font, as an object of the document."""
    file = pdf.make_stream(_true_type(), Length1=len(_true_type()))
    info = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Glyphless, Flags=5, FontBBox=Array([0, DESCENT, ADVANCE, ASCENT]),
        ItalicAngle=0, Ascent=ASCENT, Descent=DESCENT, CapHeight=ASCENT, StemV=80, FontFile2=file,
    )  # fmt: skip
    part = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Glyphless, DW=ADVANCE,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        CIDToGIDMap=pdf.make_stream(b"\0\1" * 0x10000), FontDescriptor=pdf.make_indirect(info),
    )  # fmt: skip
    return pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Glyphless, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(part)]), ToUnicode=Stream(pdf, _CMAP),
    ))  # fmt: skip


def unseen(words: Sequence[tuple[str, float, float]], bottom: float, height: float, *, space: bool = False) -> bytes:
    """The instructions that lay the words of a line, each with its left edge and width, in the font called /G.

    ``bottom`` and ``height`` are those of the line; type is as high as it. ``space``: one behind the last word too.
    """
    size = max(height, 0.1)
    baseline = bottom - DESCENT / 1000 * size
    shown = [b"BT 3 Tr /G %.2f Tf" % size]
    for number, (text, left, width) in enumerate(words, start=1):
        codes = text.encode("utf-16-be", "replace")
        stretch = 100_000 * width / (len(codes) / 2 * ADVANCE * size)
        behind = b"0020" if space or number < len(words) else b""
        shown.append(
            b"%.2f Tz 1 0 0 1 %.2f %.2f Tm <%s%s> Tj" % (stretch, left, baseline, codes.hex().encode(), behind)
        )
    return b"\n".join([*shown, b"ET\n"])


def _true_type() -> bytes:
    tables = {
        b"glyf": b"\0\0\0\0",
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0,
            0, DESCENT, ADVANCE, ASCENT, 0, 8, 2, 0, 0,
        ),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", 0x10000, ASCENT, DESCENT, 0, ADVANCE, 0, 0, 0, 1, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hhh", ADVANCE, 0, 0),
        b"loca": bytes(6),
        b"maxp": struct.pack(">IH26x", 0x10000, 2),
    }  # fmt: skip
    offset = 12 + 16 * len(tables)
    head = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    body = b""
    for name, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        head += name + struct.pack(">III", total, offset + len(body), len(table))
        body += padded
    return head + body
