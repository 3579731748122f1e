"""One page of a long document, opened without visiting all that come before it.

PDFium finds page 7,000 by loading the 6,999 page objects ahead of it, which takes longer than drawing the page. qpdf
looks only at the nodes of the page tree on the way. What it finds is told to PDFium as an incremental update (ISO
32000-2, 7.5.6), laid behind the file in memory: another catalog, whose only page is this one. The page itself stays
where it is, so that it inherits what it did and refers to what it did.
"""

import ctypes
import mmap
import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import accumulate, repeat

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from pliego.errors import NotFound, PliegoError, UnreadablePdf
from pliego.pdf.source import Source, open_pdfium

FAR = 1000
"""The page from which the shorter way is shorter."""
LEVELS_MOST = 40
_KEPT = ("/AcroForm", "/OCProperties", "/Version", "/Extensions")
"""What of a catalog matters to how a page looks."""
_STRING = re.compile(rb"\(|(?<!<)<(?!<)")
_LAST = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")

_libc = ctypes.CDLL(None, use_errno=True)
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [
    ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int64,
]  # fmt: skip
_MAP_FIXED = 0x10


@contextmanager
def opened_at(source: Source, number: int) -> Iterator[tuple[pypdfium2.PdfDocument, int]]:
    """A document and the index in it (from 0) of page ``number`` (from 1) of the PDF.

    The document may hold no other page, and none at that index when the PDF has no such page. Raise what Source.pdfium
    raises.
    """
    document = shortened(source, number) if number >= FAR else None
    index = 0
    if document is None:
        document, index = source.pdfium(), number - 1
    with closing(document):
        yield document, index


@contextmanager
def page_at(source: Source, number: int) -> Iterator[tuple[pypdfium2.PdfDocument, pypdfium2.PdfPage]]:
    """Page ``number`` and its document, ready for form fields to be drawn.

    Raise NotFound without such a page, UnreadablePdf when it cannot be opened, and what opened_at raises.
    """
    with opened_at(source, number) as (document, index):
        if not 0 <= index < len(document):
            raise NotFound
        document.init_forms()
        try:
            page = document.get_page(index)
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf from error
        with closing(page):
            yield document, page


def shortened(source: Source, number: int) -> pypdfium2.PdfDocument | None:
    """The PDF with page ``number`` as its only one; None where that takes more than an honest file needs."""
    try:
        with source.qpdf() as pdf:
            update = _update(pdf, number, source.content)
        document = open_pdfium(_extended(source, update), source.password) if update else None
    except (PliegoError, pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        return None  # whatever is wrong with the file, the ordinary way is to say it
    if document and (len(document) != 1 or not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document)):
        document.close()
        return None
    return document


def _update(pdf: pikepdf.Pdf, number: int, content: mmap.mmap) -> bytes:
    """What is to be laid behind the file, b"" for a file with odd bounds or one that had to be mended."""
    last = _LAST.search(content[-64:])
    page = page_in(pdf.Root.Pages, number)
    if last is None or page is None or pdf.get_warnings() or content[:5] != b"%PDF-":
        return b""
    earlier, first = int(last[1]), int(pdf.trailer.Size)
    catalog = b"".join(_entry(pdf.Root, key) for key in _KEPT)
    if pdf.is_encrypted and _STRING.search(catalog):  # strings would have to be encrypted
        return b""
    objects = [
        b"<< /Type /Catalog /Pages %d 0 R %s>>" % (first + 1, catalog),
        b"<< /Type /Pages /Count 1 /Kids [%d %d R] >>" % page.objgen,
    ]
    trailer = b"/Root %d 0 R /Prev %d %s" % (
        first, earlier, b"".join(_entry(pdf.trailer, key) for key in ("/Encrypt", "/ID")),
    )  # fmt: skip
    return _written(objects, first, len(content), trailer, as_table=content[earlier : earlier + 4] == b"xref")


def page_in(node: pikepdf.Object, number: int) -> pikepdf.Object | None:
    """The object of page ``number`` (from 1), by the numbers of pages that the nodes of the tree give.

    None when they disagree, or there is no such page.
    """
    left = number - 1
    for _ in range(LEVELS_MOST):
        kids, count = node.Kids, int(node.Count)
        if left >= count:
            return None
        if count == len(kids) and "/Kids" not in kids[left]:  # then all are pages, and need not be looked at
            return _page(kids[left])
        counts = [int(kid.Count) if "/Kids" in kid else 1 for kid in kids]
        if sum(counts) != count:
            return None
        sums = list(accumulate(counts))
        above = bisect_right(sums, left)
        node, left = kids[above], left - (sums[above] - counts[above])
        if "/Kids" not in node:
            return _page(node)
    return None


class PageNumbers:
    """The numbers of pages, from 1, as `page_in` finds them. Each node of the tree of pages is read once."""

    def __init__(self, root: pikepdf.Object) -> None:
        self._root = root.objgen
        self._known: dict[tuple[int, int], dict[tuple[int, int], int]] = {}

    def of(self, page: pikepdf.Object) -> int:
        """The number of a page. Raise ValueError or KeyError for one that is not below the root."""
        node, number = page, 1
        for _ in range(LEVELS_MOST):
            if node.objgen == self._root:
                return number
            number += self._before(node.Parent)[node.objgen]
            node = node.Parent
        raise ValueError("a page without a root")

    def _before(self, node: pikepdf.Object) -> dict[tuple[int, int], int]:
        """How many pages of a node come before each of its kids; of one that is there twice the first counts."""
        if not node.is_indirect:
            raise ValueError("a node of no number")
        if node.objgen not in self._known:
            kids = list(node.Kids)
            alone = int(node.Count) == len(kids) and "/Kids" not in kids[0]
            counts = repeat(1) if alone else (int(kid.Count) if "/Kids" in kid else 1 for kid in kids)
            places = dict[tuple[int, int], int]()
            for kid, before in zip(kids, accumulate(counts, initial=0), strict=False):
                places.setdefault(kid.objgen, before)
            self._known[node.objgen] = places
        return self._known[node.objgen]


def _page(kid: pikepdf.Object) -> pikepdf.Object | None:
    return kid if kid.is_indirect and kid.get("/Type") == "/Page" else None


def _entry(holder: pikepdf.Object, key: str) -> bytes:
    return b"%s %s " % (key.encode(), holder[key].unparse()) if key in holder else b""


def _written(objects: list[bytes], first: int, start: int, trailer: bytes, *, as_table: bool) -> bytes:
    """Objects numbered from ``first`` and their cross-references, to stand at ``start``.

    A file is continued by a table after a table, and by a stream after a stream (7.5.8.4).
    """
    out, places = bytearray(b"\n"), []
    for number, body in enumerate(objects, first):
        places.append(start + len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = start + len(out)
    if as_table:
        out += b"xref\n%d %d\n" % (first, len(places))
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d %s>>\n" % (first + len(places), trailer)
    else:
        places.append(table)
        rows = b"".join(b"\1" + place.to_bytes(8) + b"\0\0" for place in places)
        size = first + len(places)
        trailer += b"/Type /XRef /W [1 8 2] /Index [%d %d] /Size %d /Length %d" % (first, len(places), size, len(rows))
        out += b"%d 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (size - 1, trailer, rows)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def _extended(source: Source, update: bytes) -> "ctypes.Array[ctypes.c_ubyte]":
    """The file with something behind it, in memory that shares the file's pages: nothing is copied."""
    size = len(source.content)
    room = mmap.mmap(-1, size + len(update), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    joined = (ctypes.c_ubyte * len(room)).from_buffer(room)
    access = mmap.PROT_READ | mmap.PROT_WRITE
    where = ctypes.addressof(joined)
    if _libc.mmap(where, size, access, mmap.MAP_PRIVATE | _MAP_FIXED, source.fd, 0) != where:
        raise UnreadablePdf
    room[size:] = update
    return joined
