"""Running heads and page numbers: what returns at the same height page after page is no part of the text."""

import re
from dataclasses import dataclass
from statistics import median

from pliego.pdf.values import Line, PageText

RETURNS = 2
"""Other pages of the neighbourhood on which a running head has to be found."""
MARGIN = 0.15
"""Running heads lie in this outer part of the page's height."""
HEIGHT_TOLERANCE = 2.0
"""Points by which a running head may move up or down."""
BEGINNING = 20
"""Characters at the beginning of a longer running head that are enough."""
LONGEST = 80
"""Characters of a running head with a page number."""
LARGE = 1.2
"""A line so much larger than most of its page is a title: it only counts when it returns word for word."""


@dataclass(frozen=True, slots=True)
class Margin:
    """A line that may be a running head or a page number."""

    line: Line
    top: bool
    pattern: str
    """The text with every number alike; "" when it is nothing but numbers."""
    offsets: frozenset[int]
    """Numbers at either end less the number of the page: equal on pages that are numbered alike."""


def margins(page: PageText) -> list[Margin]:
    """The two highest and the two lowest lines, as far as they lie in the margins."""
    if len(page.lines) < 2:
        return []
    high, low = MARGIN * page.height, (1 - MARGIN) * page.height
    top = sorted((line for line in page.lines if line.y < high), key=_height)[:2]
    bottom = sorted((line for line in page.lines if line.y > low), key=_height)[-2:]
    large = LARGE * median([line.size for line in page.lines])
    return [_margin(line, page.number, line in top, large) for line in (*top, *bottom)]


def _height(line: Line) -> float:
    return line.y


_NUMBER = re.compile(r"\d+")
_AROUND_NUMBERS = " -–—·|[]()."
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def _margin(line: Line, number: int, top: bool, large: float) -> Margin:
    if line.size > large > 0:
        return Margin(line, top, line.text, frozenset())
    words = line.text.strip(_AROUND_NUMBERS).split() or [""]
    ends = {words[0], words[-1]} if _may_hold_page_number(line.text) else ()
    values = [value for word in ends if (value := _page_number(word)) is not None]
    pattern = _NUMBER.sub("#", line.text)
    has_letters = any(letter.isalpha() for letter in pattern) and not (len(words) == 1 and values)
    return Margin(line, top, pattern if has_letters else "", frozenset(value - number for value in values))


def _may_hold_page_number(text: str) -> bool:
    """Footnotes are numbered too, but are long or end like a sentence."""
    return len(text) <= LONGEST and not (text[-1] in ".,;:" and any(map(str.isalpha, text[:-1])))


def _page_number(word: str) -> int | None:
    """The value of an Arabic or Roman number standing alone, dashes around it or not."""
    word = word.strip(_AROUND_NUMBERS)
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return int(word)
    if not word or not _ROMAN.fullmatch(word):
        return None
    values = [_ROMAN_VALUES[letter] for letter in word.lower()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _returns(own: Margin, others: list[list[Margin]]) -> bool:
    """Whether a margin is found again on enough other pages."""
    found = 0
    y, top, offsets = own.line.y, own.top, own.offsets
    for page in others:
        for other in page:
            if (
                other.top is top
                and -HEIGHT_TOLERANCE <= other.line.y - y <= HEIGHT_TOLERANCE
                and (_alike(own.pattern, other.pattern) or (offsets and not offsets.isdisjoint(other.offsets)))
            ):
                found += 1
                break
        if found == RETURNS:
            return True
    return False


def _alike(one: str, other: str) -> bool:
    """Equal, or with the same beginning: the name of the chapter, say, before that of the section."""
    return one == other != "" or (len(one) > BEGINNING < len(other) and one[:BEGINNING] == other[:BEGINNING])


def without_heads(page: PageText, own: list[Margin], others: list[list[Margin]]) -> list[Line]:
    """The lines of a page but for its running heads; ``others`` are the margins of pages around it."""
    if not own:
        return page.lines
    heads = {id(margin.line) for margin in own if _returns(margin, others)}
    return [line for line in page.lines if id(line) not in heads]
