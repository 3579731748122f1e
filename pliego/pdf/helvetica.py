"""Text set in Helvetica, which every reader has: how wide it is, and how it is written into a page.

Characters are those of WinAnsi (ISO 32000-2, annex D), which the languages of western Europe use.
"""

import unicodedata

from pikepdf import Dictionary, Name

from pliego.errors import BadRequest

# Advance widths in thousandths of the size (Adobe Font Metrics); 556 where nothing is told.
_WIDTHS = {
    191: "'",
    222: "ijl‚‘’",
    260: "|¦",
    278: " !,./:;I[\\]ft\xa0·ÌÍÎÏìíîï",
    333: "()-`r„ˆ‹“”˜›¡¨\xad¯²³´¸¹",
    334: "{}",
    350: "•",
    355: '"',
    365: "º",
    370: "ª",
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyzšžçýÿ",
    537: "¶",
    584: "+<=>~¬±×÷",
    611: "FTZŽ¿ßø",
    667: "&ABEKPSVXYŠŸÀÁÂÃÄÅÈÉÊËÝÞ",
    722: "CDHNRUwÇÐÑÙÚÛÜ",
    737: "©®",
    761: "\x7f",
    778: "GOQÒÓÔÕÖØ",
    833: "Mm",
    834: "¼½¾",
    889: "%æ",
    944: "Wœ",
    1000: "…‰Œ—™Æ",
    1015: "@",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
ASCENT, DESCENT = 0.718, 0.207
"""Height of capitals and letters over the base line, and depth under it, of the size."""


def width(text: str, size: float) -> float:
    """How long a line of text is, in points."""
    return sum(_WIDTH.get(letter, 556) for letter in text) * size / 1000


def written(text: str, *, replacing: bool = False) -> bytes:
    """The operand that shows a text. Raise BadRequest for a letter that the font has not, or show a question mark."""
    try:
        return b"<%b>" % text.encode("cp1252", "replace" if replacing else "strict").hex().encode()
    except UnicodeEncodeError as error:
        raise BadRequest(what=text[error.start : error.end]) from error


def nearest(text: str) -> str:
    """The text in letters that the font has: those that it has not without their accents, or as a question mark."""
    return "".join(map(_nearest, text))


def _nearest(letter: str) -> str:
    for form in (letter, unicodedata.normalize("NFKD", letter)[0]):
        if form.encode("cp1252", "ignore"):
            return form
    return "?"


def font() -> Dictionary:
    """The font as resources name it."""
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
