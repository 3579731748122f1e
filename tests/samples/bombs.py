"""Too much of something."""

import zlib

from tests.samples.objects import assembled, stream, with_page


def many_pages(count: int) -> bytes:
    """A page tree of ``count`` references to the same few pages, which makes any number quickly."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{'3 0 R ' * count}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        "<< /Length 41 >>\nstream\nBT /F 20 Tf 40 300 Td (Igual siempre) Tj ET\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return assembled(*(body.encode() for body in objects))


def giant_page(side: float = 14_400, height: float | None = None) -> bytes:
    """A page of so many points, square unless a height is told."""
    return with_page(b"/MediaBox [0 0 %.2f %.2f]" % (side, height or side))


def inflating(unit: bytes, megabytes: int, packings: int = 1) -> tuple[bytes, bytes]:
    """Deflated bytes that inflate to ``unit`` over and over, so many megabytes; and the names of their filters.

    One deflated megabyte is written again and again, as deflating all of it takes long; the checksum is made to fit.
    """
    block = unit * ((1 << 20) // len(unit))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    total, low, high = zlib.adler32(block), 1, 0
    gain = ((total & 0xFFFF) - 1, (total >> 16) - len(block))
    for _ in range(megabytes):
        low, high = (low + gain[0]) % 65521, (high + len(block) * low + gain[1]) % 65521
    data = b"\x78\xda" + piece * megabytes + b"\x03\x00" + (high << 16 | low).to_bytes(4, "big")
    for _ in range(packings - 1):
        data = zlib.compress(data, 9)
    return data, b"[%b]" % (b"/FlateDecode " * packings)


def content_bomb(megabytes: int = 2000) -> bytes:
    """A page whose content is a few kilobytes that inflate to so many megabytes of drawing."""
    data, filters = inflating(b"0 0 m 9 9 l S\n  ", megabytes, packings=2)
    return with_page(b"/MediaBox [0 0 100 100] /Contents 4 0 R", stream(data, b"/Filter %b" % filters))


def image_bomb(side: int = 60_000) -> bytes:
    """A page with an image said to be ``side`` pixels wide and high."""
    data, filters = inflating(b"\x7f", 64)
    entries = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter %b"
    )
    page = b"/MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>"
    draw = stream(b"100 0 0 100 0 0 cm /X Do", b"")
    return with_page(page, draw, stream(data, entries % (side, side, filters)))


def object_bomb(megabytes: int = 2000) -> bytes:
    """A catalog hidden in an object stream that inflates to so many megabytes."""
    data, filters = inflating(b" ", megabytes, packings=2)
    objects = stream(data, b"/Type /ObjStm /N 1 /First 10 /Filter %b" % filters)
    out = bytearray(b"%PDF-1.7\n1 0 obj\n" + objects + b"\nendobj\n")
    start = len(out)
    entries = b"".join(bytes(row) for row in ((0, 0, 0, 0, 255), (1, 0, 0, 9, 0), (2, 0, 0, 1, 0)))
    entries += b"\x01" + start.to_bytes(3, "big") + b"\0"
    table = stream(entries, b"/Type /XRef /Size 4 /W [1 3 1] /Root 2 0 R")
    return bytes(out) + b"3 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def deep_nesting(depth: int = 100_000) -> bytes:
    """Arrays within arrays, and dictionaries within dictionaries in the content of the page."""
    page = b"/MediaBox [0 0 100 100] /Contents 4 0 R /Deep %b%b" % (b"[" * depth, b"]" * depth)
    content = b"/X " + b"<< /A " * depth + b">>" * depth + b" DP"
    return with_page(page, stream(content, b""))


def form_bomb(levels: int = 30) -> bytes:
    """Forms that draw one another twice: two to the power of ``levels`` times a line."""
    forms = [
        stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % n,
        )
        for n in range(6, 6 + levels)
    ]
    last = stream(b"0 0 m 9 9 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    page = b"/MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>"
    return with_page(page, stream(b"/X Do", b""), *forms, last)
