"""The text of a page and the boxes of its characters, fetched from PDFium for a whole page at a time.

A call through ctypes takes longer than what PDFium does for it, most of all to make and read its values: so it gets
bare addresses within one buffer, which is read at once.
"""

import ctypes
import re
import struct
import unicodedata
from collections.abc import Iterator, Sequence

import pypdfium2.raw as pdfium

from pliego.pdf.direction import BACKWARDS, RIGHT_TO_LEFT

MAX_PAGE_CHARACTERS = 200_000
"""Text of one page beyond this is left out."""

Span = tuple[str, int, int]
"""Some words, and their first and last character."""
Edges = tuple[float, float, float, float, float, float, float, float]
"""Left, top, right and bottom of the first character of a span, then those of its last."""


def _taking_addresses(function: object, *kinds: type) -> "ctypes._CFunctionType":
    """A function of PDFium that gives a number, as one that takes the addresses of its first and last value."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, *kinds, ctypes.c_void_p)(address or 0)


_write_text = _taking_addresses(pdfium.FPDFText_GetText, ctypes.c_int, ctypes.c_int)
_write_loose_box = _taking_addresses(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_BOX = struct.Struct("4f")
_EDGES = struct.Struct("8f")


def edges_of(textpage: "pdfium.FPDF_TEXTPAGE", spans: Sequence[Span]) -> Iterator[Edges]:
    """The boxes of the first and last character of each span, as high as their type."""
    buffer = bytearray(_EDGES.size * len(spans))
    if not spans:
        return iter(())
    page = _address_of(textpage)
    place = ctypes.addressof(ctypes.c_char.from_buffer(buffer))
    for _, first, last in spans:
        _write_loose_box(page, first, place)
        _write_loose_box(page, last, place + _BOX.size)
        place += _EDGES.size
    return _EDGES.iter_unpack(buffer)


def pieces_of(textpage: "pdfium.FPDF_TEXTPAGE", first: int, last: int) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the pieces that a stretch of text lies in."""
    count = pdfium.FPDFText_CountRects(textpage, first, last - first + 1)
    corners = [ctypes.c_double() for _ in range(4)] if count > 0 else []
    pieces = []
    for index in range(count):
        if pdfium.FPDFText_GetRect(textpage, index, *corners):
            left, top, right, bottom = (corner.value for corner in corners)
            pieces.append((left, top, right, bottom))
    return pieces


_BROKEN = ("\ufffe", "\x02")
"""What PDFium marks a word with that is broken at a line end."""
_STRANGE = re.compile(
    f"[\x00\x01\x03-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0\xa8\xad\xaf\xb4\xb8\u02c6-\u02dd{RIGHT_TO_LEFT}"
    "\u200b\u2028\u2029\ufb00-\ufffd\uffff]"
)
"""What most pages hold nothing of: characters to be cleaned away, and those that run from right to left."""


class Characters:
    """The text of a page, and which of PDFium's characters each place of it is."""

    def __init__(self, textpage: "pdfium.FPDF_TEXTPAGE") -> None:
        self._textpage = textpage
        count = min(pdfium.FPDFText_CountChars(textpage), MAX_PAGE_CHARACTERS)
        self.text = _text(textpage, count)
        # Characters without a Unicode value are counted but not in the text: only then the two have to be matched.
        self.aligned = len(self.text) == count
        strange = _STRANGE.search(self.text) is not None
        if strange:
            self.text = BACKWARDS.sub(self._as_read, self.text)
        self.plain = not strange and unicodedata.is_normalized("NFC", self.text)
        """There is nothing to be cleaned, and all of it runs from left to right."""

    def _as_read(self, word: re.Match[str]) -> str:
        """A word from right to left in the order in which it is read.

        PDFium gives it turned around where each letter bears its actual text, as browsers print Arabic: its letters
        then lie from left to right. Points over and under letters lie anywhere.
        """
        places = [place for place in range(*word.span()) if not unicodedata.combining(self.text[place])]
        if len(places) < 2:
            return word[0]
        first, last = self.index(places[0]), self.index(places[-1])
        ((left, top, *_, last_left, last_top, _, _),) = edges_of(self._textpage, [(word[0], first, last)])
        return word[0][::-1] if last_left - left > abs(last_top - top) else word[0]

    def index(self, place: int) -> int:
        """The number of the character at a place of the text."""
        return place if self.aligned else int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._textpage, place))

    def lines(self) -> Iterator[Span]:
        """The words of each line that has some, and where in the text they begin and end."""
        text, plain = self.text, self.plain
        breaks = any(mark in text for mark in _BROKEN)
        flat = text.replace("\r", "\n")
        for mark in _BROKEN if breaks else ():
            flat = flat.replace(mark, "\n")
        start = 0
        for line in flat.split("\n"):
            if line:
                visible = line.rstrip()
                end = start + len(visible)
                written = visible.lstrip()
                words = written if plain else cleaned(written)
                if words:
                    yield f"{words}-" if breaks and text[end : end + 1] in _BROKEN else words, end - len(written), end
            start += len(line) + 1


def _text(textpage: "pdfium.FPDF_TEXTPAGE", count: int) -> str:
    if count <= 0:
        return ""
    buffer = bytearray(2 * count + 2)
    written = int(_write_text(_address_of(textpage), 0, count, ctypes.addressof(ctypes.c_char.from_buffer(buffer))))
    return str(memoryview(buffer)[: max(2 * written - 2, 0)], "utf-16-le", "replace")


def _address_of(textpage: "pdfium.FPDF_TEXTPAGE") -> int:
    return ctypes.cast(textpage, ctypes.c_void_p).value or 0


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\ufeff\ufff9-\uffff]+")
_PRESENTATION_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
"""Ligatures and shapes of letters, which stand for the letters themselves; superscripts and fractions stay."""


_SPACING_ACCENT = re.compile("([´¨˜ˆ¸ˇ˘¯˚˝])([A-Za-zı])")
_COMBINING = dict(zip("´¨˜ˆ¸ˇ˘¯˚˝", "\u0301\u0308\u0303\u0302\u0327\u030c\u0306\u0304\u030a\u030b", strict=True))


_TO_CLEAN = re.compile("[\x00-\x1f\x7f-\xa0\xa8\xad\xaf\xb4\xb8\u02c6-\u02dd\u200b\u2028\u2029\ufb00-\uffff]")
"""What most lines hold nothing of."""


def _accented(match: re.Match[str]) -> str:
    return match[2].replace("ı", "i") + _COMBINING[match[1]]


def cleaned(text: str) -> str:
    """Letters instead of their shapes and of accents set before them (as old TeX fonts do), no control characters."""
    if (text.isascii() and text.isprintable()) or (
        not _TO_CLEAN.search(text) and unicodedata.is_normalized("NFC", text)
    ):
        return text
    text = _SPACING_ACCENT.sub(_accented, text)
    text = _PRESENTATION_FORMS.sub(lambda shapes: unicodedata.normalize("NFKC", shapes[0]), text)
    soft = text.endswith("\xad")
    text = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ").strip()
    return f"{text}-" if soft and text else text
