"""A small writer of text PDFs (ISO 32000-1) with the standard fonts, for the sample documents of an empty site.

It sets headings and paragraphs on A5 pages in WinAnsi encoding, with an outline and document information; it is not
meant for anything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

PAGE = (420, 595)
MARGIN = 54
LEADING = 1.42
TEXT, HEADING, TITLE = ("F1", 11.0), ("F2", 15.0), ("F2", 24.0)
# Advance widths of Times-Roman in thousandths (Adobe Font Metrics), those of 500 and of capitals left out.
_WIDTHS = {" .,": 250, "acez": 444, "frI": 333, "ijlt:;'!()": 278, "m": 778, "w": 722, "s": 389, "MW": 917}
_NARROW_OR_WIDE = {char: width for chars, width in _WIDTHS.items() for char in chars}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A document of a few pages."""

    title: str
    author: str
    language: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class _Set:
    """A line at its place: font, size, height of its base line on the page, text."""

    font: str
    size: float
    y: float
    text: str


def text_width(text: str, size: float) -> float:
    """Width of a text in points, near enough to break lines by."""
    return sum(_NARROW_OR_WIDE.get(char, 690 if char.isupper() else 500) for char in text) * size / 1000


def wrap(text: str, size: float) -> Iterator[str]:
    """Break a paragraph into lines that fit between the margins."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size) > PAGE[0] - 2 * MARGIN:
            yield line
            longer = word
        line = longer
    yield line


class _Pages:
    """Lines set one below the other, over as many pages as they need."""

    def __init__(self) -> None:
        self.pages: list[list[_Set]] = [[]]
        self.y: float = PAGE[1] - MARGIN

    def put(self, text: str, style: tuple[str, float], after: float) -> None:
        """Set a paragraph with a space of ``after`` points below it."""
        font, size = style
        for line in wrap(text, size):
            self.y -= size * LEADING
            if self.y < MARGIN:
                self.turn(size)
            self.pages[-1].append(_Set(font, size, self.y, line))
        self.y -= after

    def turn(self, size: float) -> None:
        """Begin a page."""
        self.pages.append([])
        self.y = PAGE[1] - MARGIN - size * LEADING

    def room_for(self, points: float) -> None:
        """Begin a page when less than so much room is left."""
        if self.y - points < MARGIN:
            self.pages.append([])
            self.y = PAGE[1] - MARGIN


def write(leaflet: Leaflet) -> bytes:
    """Return the PDF. The same leaflet gives the same bytes."""
    pages = _Pages()
    pages.put(leaflet.title, TITLE, after=4)
    pages.put(leaflet.author, TEXT, after=20)
    starts = []
    for section in leaflet.sections:
        pages.room_for(80)
        starts.append((section.heading, len(pages.pages) - 1))
        pages.put(section.heading, HEADING, after=4)
        for paragraph in section.paragraphs:
            pages.put(paragraph, TEXT, after=7)
    return _assemble(_objects(leaflet, pages.pages, starts))


def _objects(leaflet: Leaflet, pages: list[list[_Set]], starts: list[tuple[str, int]]) -> list[bytes]:
    first_page, first_entry = 7, 7 + 2 * len(pages)
    kids = " ".join(f"{first_page + 2 * index} 0 R" for index in range(len(pages)))
    last_entry = first_entry + len(starts) - 1
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /Lang {_string(leaflet.language)} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] "
        "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
        f"<< /Title {_string(leaflet.title)} /Author {_string(leaflet.author)} /Creator (Pliego) >>".encode(),
        f"<< /Type /Outlines /First {first_entry} 0 R /Last {last_entry} 0 R /Count {len(starts)} >>".encode(),
    ]
    for index, lines in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /Contents {first_page + 2 * index + 1} 0 R >>".encode(),
            _content(lines, index + 1),
        ]
    for index, (heading, page) in enumerate(starts):
        beside = f"/Prev {first_entry + index - 1} 0 R " if index else ""
        beside += f"/Next {first_entry + index + 1} 0 R " if index < len(starts) - 1 else ""
        target = f"[{first_page + 2 * page} 0 R /Fit]"
        objects.append(f"<< /Title {_string(heading)} /Parent 6 0 R {beside}/Dest {target} >>".encode())
    return objects


def _content(lines: list[_Set], number: int) -> bytes:
    foot = _Set("F1", 9, MARGIN / 2, str(number))
    shown = [
        b"BT /%b %.1f Tf %d %.1f Td (%b) Tj ET" % (each.font.encode(), each.size, x, each.y, _escaped(each.text))
        for each, x in [*((line, MARGIN) for line in lines), (foot, PAGE[0] // 2)]
    ]
    stream = b"\n".join(shown)
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream)


def _escaped(text: str) -> bytes:
    """The body of a literal string (7.3.4.2) in WinAnsi; what WinAnsi lacks becomes a question mark."""
    encoded = text.encode("cp1252", "replace")
    return encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _string(text: str) -> str:
    """A text string as hexadecimal UTF-16 (7.9.2.2)."""
    return "<feff" + text.encode("utf-16-be").hex() + ">"


def _assemble(objects: list[bytes]) -> bytes:
    """Header, objects, cross-reference table and trailer (7.5)."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
