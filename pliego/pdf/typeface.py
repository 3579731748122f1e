"""The typeface of all that tools write on pages: Liberation Sans, of which the letters that are used are embedded.

It has the letters of Latin, Greek and Cyrillic script, and is as wide as Helvetica. Every reader shows it the same, and
what is written can be selected, found and copied. Scripts that run from right to left, or whose letters take the shape
that their neighbours ask for, are not set: rather none than wrong ones.
"""

import hashlib
import unicodedata
from functools import cache
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf

from pliego.pdf.refusals import NoSuchLetters
from pliego.pdf.truetype import TrueType

FILE = Path(__file__).parent / "liberation" / "LiberationSans-Regular.ttf"
ASCENT, DESCENT = 0.729, 0.212
"""Height of capitals and letters over the base line, and depth under it, of the type size."""
SPILL = 0.3
"""How far accents may reach beyond these."""
_BACKWARDS = {"R", "AL", "AN"}
_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%b
endcmap CMapName currentdict /CMap defineresource pop end end"""
_AT_ONCE = 100
"""Entries of one block of a CMap (Adobe Technical Note 5014)."""


@cache
def load() -> bytes:
    """The file of the typeface. To be called before confinement, in which no file can be opened."""
    return FILE.read_bytes()


@cache
def _liberation() -> TrueType:
    return TrueType(load())


class Typeface:
    """The typeface as a document has it embedded, with these letters. Raise NoSuchLetters for any that it has not."""

    def __init__(self, pdf: Pdf, letters: str) -> None:
        if lacking := "".join(letter for letter in dict.fromkeys(letters) if not has(letter)):
            raise NoSuchLetters(letters=" ".join(lacking[:20]))
        font = _liberation()
        used = sorted(set(letters))
        self._numbers = {letter: number for number, letter in enumerate(used, start=1)}
        glyphs = [0, *(font.glyphs[letter] for letter in used)]
        self._advances = [font.advance(glyph) * 1000 / font.unit for glyph in glyphs]
        self.font = pdf.make_indirect(_font(pdf, glyphs, used, self._advances))
        """As resources name it."""

    def width(self, text: str, size: float) -> float:
        """How long a line of text is, in points."""
        return sum(self._advances[self._numbers[letter]] for letter in text) * size / 1000

    def written(self, text: str) -> bytes:
        """The operand that shows a text."""
        return b"<%b>" % b"".join(b"%04x" % self._numbers[letter] for letter in text)


def has(letter: str) -> bool:
    """Whether the typeface has a letter, and it may be set as it stands."""
    return letter in _liberation().glyphs and unicodedata.bidirectional(letter) not in _BACKWARDS


def composed(text: str) -> str:
    """A text as it is set: accents on their letters, without characters that nobody sees."""
    return "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")


def nearest(text: str) -> str:
    """The text in letters that the typeface has: those that it has not without accents, or as a question mark."""
    return "".join(map(_nearest, composed(text)))


def _nearest(letter: str) -> str:
    bare = unicodedata.normalize("NFKD", letter)[0]
    return next((form for form in (letter, bare) if has(form)), "?")


def _font(pdf: Pdf, glyphs: list[int], letters: list[str], advances: list[float]) -> Dictionary:
    liberation = _liberation()
    file = liberation.subset(glyphs)
    name = Name(f"/{_tag(letters)}+LiberationSans")
    box = [round(side * 1000 / liberation.unit) for side in liberation.box]
    info = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=Array(box), ItalicAngle=0,
        Ascent=905, Descent=-212, CapHeight=729, StemV=80, FontFile2=pdf.make_stream(file, Length1=len(file)),
    )  # fmt: skip
    part = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(info), W=Array([0, Array([round(each, 2) for each in advances])]),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(part)]), ToUnicode=pdf.make_stream(_to_unicode(letters)),
    )  # fmt: skip


def _tag(letters: list[str]) -> str:
    """Six capitals that stand for these letters (ISO 32000-2, 9.9.2)."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256("".join(letters).encode()).digest()[:6])


def _to_unicode(letters: list[str]) -> bytes:
    lines = [b"<%04X> <%04X>" % (number, ord(letter)) for number, letter in enumerate(letters, start=1)]
    blocks = [lines[start : start + _AT_ONCE] for start in range(0, len(lines), _AT_ONCE)]
    return _CMAP % b"\n".join(
        b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks
    )  # fmt: skip
