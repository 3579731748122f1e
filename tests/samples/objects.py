"""Files put together from their objects by hand."""


def assembled(*objects: bytes) -> bytes:
    """A file of these objects, numbered from 1, the first one its catalog."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def with_page(page: bytes, *more: bytes) -> bytes:
    """A document of one page; ``more`` are the objects from number 4 on."""
    tree = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return assembled(b"<< /Type /Catalog /Pages 2 0 R >>", tree, b"<< /Type /Page /Parent 2 0 R %b >>" % page, *more)


def stream(data: bytes, entries: bytes) -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)
