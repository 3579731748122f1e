"""Running heads and page numbers: what returns at the same height page after page is no part of the text."""

import re
from collections.abc import Iterable
from operator import itemgetter
from statistics import median
from typing import NamedTuple

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


Sign = tuple[bool, str | int]
"""What margins of two pages have in common: both at the top or not, and a text or an offset."""
Heights = dict[Sign, list[float]]
"""Where on a page the margins with each sign lie."""


class Margin(NamedTuple):
    """A line that may be a running head or a page number."""

    line: Line
    signs: list[Sign]
    """Its text with every number alike, cut to its BEGINNING, unless it is nothing but numbers; and numbers at either
    end less the number of the page, which are equal on pages that are numbered alike."""


def margins(page: PageText) -> list[Margin]:
    """The two highest and the two lowest lines, as far as they lie in the margins."""
    if len(page.lines) < 2:
        return []
    high, low = MARGIN * page.height, (1 - MARGIN) * page.height
    top = sorted([line for line in page.lines if line.y < high], key=_height)[:2]
    bottom = sorted([line for line in page.lines if line.y > low], key=_height)[-2:]
    large = LARGE * median([line.size for line in page.lines])
    marks = [(line, True) for line in top] + [(line, False) for line in bottom]
    return [Margin(line, [(at_top, mark) for mark in _marks(line, page.number, large)]) for line, at_top in marks]


_height = itemgetter(Line._fields.index("y"))


def heights_of(found: Iterable[Margin]) -> Heights:
    """The margins of a page by what they have in common with those of others."""
    heights: Heights = {}
    for line, signs in found:
        for sign in signs:
            heights.setdefault(sign, []).append(line.y)
    return heights


_NUMBER = re.compile(r"\d+")
_AROUND_NUMBERS = " -–—·|[]()."
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def _marks(line: Line, number: int, large: float) -> list[str | int]:
    text = line.text
    if line.size > large > 0:
        return [_beginning(text)]
    words = text.strip(_AROUND_NUMBERS).split() or [""]
    ends = {words[0], words[-1]} if _may_hold_page_number(text) else ()
    offsets = [value - number for word in ends if (value := _page_number(word)) is not None]
    pattern = _NUMBER.sub("#", text)
    has_letters = any(map(str.isalpha, pattern)) and not (len(words) == 1 and offsets)
    return [_beginning(pattern), *offsets] if has_letters else [*offsets]


def _beginning(text: str) -> str:
    """What is equal for texts that are alike: the name of the chapter, say, before that of the section."""
    return text if len(text) <= BEGINNING else f"{text[:BEGINNING]}…"


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


def _returns(own: Margin, others: list[Heights]) -> bool:
    """Whether a margin is found again, at its height, on enough other pages."""
    found = 0
    y = own.line.y
    for heights in others:
        for sign in own.signs:
            if sign in heights and any(abs(other - y) <= HEIGHT_TOLERANCE for other in heights[sign]):
                found += 1
                break
        if found == RETURNS:
            return True
    return False


def without_heads(page: PageText, own: list[Margin], others: list[Heights]) -> list[Line]:
    """The lines of a page but for its running heads; ``others`` are the margins of pages around it."""
    heads = {id(margin.line) for margin in own if _returns(margin, others)}
    return [line for line in page.lines if id(line) not in heads] if heads else page.lines
