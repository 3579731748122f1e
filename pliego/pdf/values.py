"""What reading a PDF gives: plain values that cross the sandbox as JSON and are checked on arrival.

Lengths are PDF points (1/72 inch) in the page as shown: rotation and crop box applied, origin at the TOP left,
y growing downwards (ISO 32000-2, 8.3.2.3 flipped). Pages are numbered from 1.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, Self, cast

import msgspec

from pliego.pdf.numbering import Run, runs_from

AT_ONCE = 16
"""Pages that are read, and sent, together: about one packet."""
FEW_LETTERS = 60
"""A page with so many letters or fewer may be a scan: libraries stamp theirs with a line of text."""
MAX_READ_PAGES = 10_000
"""Pages after the ten-thousandth are shared but not read."""


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a PDF says about itself. Text fields are "" where the file says nothing; dates are ISO 8601 or ""."""

    version: str
    pages: int
    """The true number of pages, also when more than MAX_READ_PAGES."""
    page_sizes: list[tuple[float, float, int]] = field(default_factory=list)
    """Runs of equal sizes: (width, height, how many pages in a row); at most MAX_READ_PAGES pages."""
    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    creator: str = ""
    producer: str = ""
    created: str = ""
    modified: str = ""
    language: str = ""
    """The catalog's /Lang, as written."""
    encrypted: bool = False
    tagged: bool = False
    linearised: bool = False
    active_content: list[str] = field(default_factory=list)
    """Sorted, of: javascript, launch, submit, attachments. Go-to-page actions and web links are harmless."""
    repaired: bool = False
    """The file is damaged; what is told here is what could be recovered."""
    page_labels: list[Run] = field(default_factory=list)
    """The numbers printed on its pages; [] where they are those of the places in the file."""

    def to_json(self) -> dict[str, Any]:
        """Give what from_json takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Raise TypeError or ValueError on anything that is not of this shape: the sender is not trusted."""
        facts = cls(**data)
        sizes = [(float(width), float(height), int(run)) for width, height, run in facts.page_sizes]
        object.__setattr__(facts, "page_sizes", sizes)
        object.__setattr__(facts, "page_labels", runs_from(facts.page_labels))
        return facts

    def page_size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points; the last known size beyond the list, A4 with none."""
        size = (595.0, 842.0)
        for width, height, run in self.page_sizes:
            size = (width, height)
            if number <= run:
                break
            number -= run
        return size


class Line(NamedTuple):
    """One line of text as it lies on the page, in reading order; lengths in whole tenths of a point."""

    text: str
    x: float
    y: float
    """Top of the line's box."""
    width: float
    height: float
    size: float = 0.0
    """Type size in points, 0 where unknown."""


line_of = cast("Callable[[tuple[str, float, float, float, float, float]], Line]", partial(tuple.__new__, Line))
"""The Line of its six fields, made faster than by its name: a book has ten thousand."""

Extent = tuple[int, float, float, float, float]
"""So many characters of a line without a space between them, and their box."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of one page."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    """Reading text: lines joined, line-end hyphens undone, running heads and page numbers left out where told apart."""
    problem: str = ""
    """The code of the error that kept this page from being read, "" when it was read."""
    places: list[list[Extent]] = field(default_factory=list)
    """Where the words lie on each line of a page whose words were recognised; [] for any other page."""
    encoded: bytes = field(default=b"", init=False, compare=False, repr=False)
    """The JSON that it was made from, if it was; a changed copy has none."""

    @property
    def is_bare(self) -> bool:
        """Whether the page has hardly a word of its own: it may be a scan."""
        few = len(self.lines) <= FEW_LETTERS  # no line is empty
        return few and not self.problem and sum(len(line.text) for line in self.lines) <= FEW_LETTERS

    @property
    def text(self) -> str:
        """The reading text of the page, a blank line between paragraphs."""
        return "\n\n".join(self.paragraphs)

    def to_json(self) -> dict[str, Any]:
        """Give what from_json takes: the lines as one text, their boxes and sizes as one row of whole tenths."""
        return {
            "number": self.number,
            "width": self.width,
            "height": self.height,
            "lines": "\n".join([line.text for line in self.lines]),
            "boxes": [round(10 * length) for line in self.lines for length in line[1:]],
            **({"places": self.places} if self.places else {}),
            "paragraphs": self.paragraphs,
            "problem": self.problem,
        }

    def encode(self) -> bytes:
        """The same as one line."""
        return self.encoded or json_line(self.to_json())

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Raise ValueError on anything that is not of this shape."""
        return cls._of(msgspec.convert(data, _Sent))

    @classmethod
    def decode(cls, encoded: bytes) -> Self:
        """What `encode` has made. Raise ValueError or OverflowError on anything else: the sender is not trusted."""
        page = cls._of(_decode(encoded))
        object.__setattr__(page, "encoded", encoded)
        return page

    @classmethod
    def _of(cls, sent: "_Sent") -> Self:
        texts = sent.lines.split("\n") if sent.boxes else []
        if "" in texts or len(sent.boxes) != 5 * len(texts):
            raise ValueError("an empty line, or not five lengths for each")
        lengths = iter([tenth / 10 for tenth in sent.boxes])
        lines = list(map(line_of, zip(texts, lengths, lengths, lengths, lengths, lengths, strict=False)))
        return cls(sent.number, sent.width, sent.height, lines, sent.paragraphs, sent.problem, sent.places)


class _Sent(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """A page as to_json gives it."""

    number: int
    width: float
    height: float
    lines: str
    boxes: list[int]
    paragraphs: list[str]
    problem: str
    places: list[list[Extent]] = []


_decode = msgspec.json.Decoder(_Sent).decode


def json_line(value: Any) -> bytes:
    """JSON as one line of UTF-8. Half a surrogate pair becomes a question mark: no page is lost for a character."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def extents_from(data: Any) -> list[list[Extent]]:
    """Extents by line, as JSON has them. Raise ValueError on anything that is not of this shape."""
    return msgspec.convert(data, list[list[Extent]])


def lines_of(pages: Iterable[PageText]) -> Iterator[bytes]:
    """Pages as lines, several together: the two sides of the sandbox then seldom wait for one another."""
    coming = iter(pages)
    while batch := list(islice(coming, AT_ONCE)):
        yield b"\n".join([page.encode() for page in batch])


SCHEMES = ("https://", "http://", "mailto:")
"""Where a link of a page may lead, beside its own document."""
ADDRESS_MOST = 2000
"""Characters of such an address."""


class Link(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A link on a page: its box in points from the upper left corner of the page as shown, and where it leads."""

    x: float
    y: float
    width: float
    height: float
    page: int = 0
    """Of the same document, from 1; 0 when it leads elsewhere."""
    down: float | None = None
    """How far below the top of that page, in points; None where that is not told."""
    address: str = ""
    """In the web; "" when it leads to a page."""

    def to_json(self) -> list[Any]:
        """Give what links_from takes of each."""
        told: list[Any] = msgspec.to_builtins(self)
        return told


def links_from(data: Any) -> list[Link]:
    """Links, as JSON has them. Raise ValueError on anything else, and on one that leads where none may."""
    links = msgspec.convert(data, list[Link])
    if any(link.page < 1 and not link.address.lower().startswith(SCHEMES) for link in links):
        raise ValueError("a link that leads nowhere")
    return links


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of a document's table of contents."""

    title: str
    level: int
    """From 1. An entry is at most one level deeper than the one before."""
    page: int
    y: float | None = None
    """Where its section begins, in points from the top of the page as shown; None where that is not told."""

    def to_json(self) -> list[Any]:
        """Give what from_json takes."""
        return [self.title, self.level, self.page, self.y]

    @classmethod
    def from_json(cls, data: list[Any]) -> Self:
        """Raise TypeError or ValueError on anything that is not of this shape."""
        title, level, page, y = data
        return cls(str(title), int(level), int(page), None if y is None else float(y))


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is told of a document once all its pages are read."""

    title: str
    """What its first page seems to begin with, "" when unsure or when the file itself tells its title."""
    language: str
    """An ISO 639-1 code, "" when unsure."""
    scanned: list[int]
    """Pages with hardly a word that pictures cover."""
    outline: list[OutlineEntry]
    """Its bookmarks."""

    def to_json(self) -> dict[str, Any]:
        """Give what from_json takes."""
        outline = [entry.to_json() for entry in self.outline]
        return {"title": self.title, "language": self.language, "scanned": self.scanned, "outline": outline}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Raise TypeError or ValueError on anything that is not of this shape."""
        return cls(
            title=str(data["title"]),
            language=str(data["language"]),
            scanned=sorted({int(page) for page in data["scanned"]}),
            outline=[OutlineEntry.from_json(entry) for entry in data["outline"]],
        )


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the picture for a link. Without boxes it is the one of the page beside the title."""

    number: int
    title: str
    author: str = ""
    note: str = ""
    """A few words at the foot, such as the name of the site."""
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """The lines of a passage: x, y, width, height in points of the page as shown."""

    def to_json(self) -> dict[str, Any]:
        """Give what from_json takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Raise TypeError or ValueError on anything that is not of this shape."""
        boxes = [(float(x), float(y), float(width), float(height)) for x, y, width, height in data["boxes"]]
        return cls(int(data["number"]), str(data["title"]), str(data["author"]), str(data["note"]), boxes)
