"""From lines with boxes to text that reads: paragraphs without running heads. Pure geometry, no PDF library.

The tests are those a typesetter would make: a line that had room for the next word ends a paragraph, so does an
indented or widely spaced next line; what returns at the same height page after page is no part of the text.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pliego.pdf.values import Line, PageText

WINDOW = 8
"""Pages before and after in which a running head has to return."""
RETURNS = 2
"""Other pages of the window on which it has to be found."""
MARGIN = 0.15
"""Running heads lie in this outer part of the page's height."""
HEIGHT_TOLERANCE = 2.0
"""Points by which a running head may move up or down."""


def joined_fragments(lines: list[Line]) -> list[Line]:
    """Join pieces of one visual line that PDFium told apart, such as raised note marks."""
    joined: list[Line] = []
    for line in lines:
        if joined and _continues_visually(joined[-1], line):
            joined[-1] = _merged(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _continues_visually(left: Line, right: Line) -> bool:
    low = min(left.height, right.height)
    if not -0.2 * low <= right.x - left.x - left.width <= 0.4 * low:
        return False
    shared = min(left.y + left.height, right.y + right.height) - max(left.y, right.y)
    return shared > 0.5 * low and not _is_sideways(left) and not _is_sideways(right)


def _is_sideways(line: Line) -> bool:
    return line.height > line.width and len(line.text) > 3


def _merged(left: Line, right: Line) -> Line:
    gap = right.x - left.x - left.width
    top = min(left.y, right.y)
    return Line(
        text=left.text + (" " if gap > 0.15 * left.height else "") + right.text,
        x=left.x,
        y=top,
        width=right.x + right.width - left.x,
        height=max(left.y + left.height, right.y + right.height) - top,
        size=max(left.size, right.size),
    )


def with_paragraphs(pages: Iterable[PageText]) -> Iterator[PageText]:
    """The same pages with their paragraphs, running heads left out; looks WINDOW pages ahead."""
    window: deque[tuple[PageText, list[_Margin]]] = deque()
    waiting = 0
    for page in pages:
        window.append((page, _margins(page)))
        waiting += 1
        if waiting > WINDOW:
            yield _finished(window, len(window) - waiting)
            waiting -= 1
        if len(window) > 2 * WINDOW:
            window.popleft()
    for index in range(len(window) - waiting, len(window)):
        yield _finished(window, index)


def _finished(window: "deque[tuple[PageText, list[_Margin]]]", index: int) -> PageText:
    page, margins = window[index]
    others = [other for place, (_, other) in enumerate(window) if place != index]
    heads = {id(own.line) for own in margins if sum(_returns(own, other) for other in others) >= RETURNS}
    return replace(page, paragraphs=paragraphs(_upright([line for line in page.lines if id(line) not in heads])))


def _upright(lines: list[Line]) -> list[Line]:
    """Lines of a page whose text is set sideways as they would lie if the page were turned; other lines as they are."""
    if sum(map(_is_sideways, lines)) <= len(lines) / 2:
        return lines
    if lines[-1].x < lines[0].x:  # read downwards, the next line to the left
        return [replace(ln, x=ln.y, y=-ln.x - ln.width, width=ln.height, height=ln.width) for ln in lines]
    return [replace(ln, x=-ln.y - ln.height, y=ln.x, width=ln.height, height=ln.width) for ln in lines]


@dataclass(frozen=True, slots=True)
class _Margin:
    """A line that may be a running head or a page number."""

    line: Line
    top: bool
    pattern: str
    """The text with every number alike; "" when it is nothing but numbers."""
    offsets: frozenset[int]
    """Numbers at either end less the number of the page: equal on pages that are numbered alike."""


def _margins(page: PageText) -> list[_Margin]:
    """The two highest and the two lowest lines, as far as they lie in the margins."""
    if len(page.lines) < 2:
        return []
    high, low = MARGIN * page.height, (1 - MARGIN) * page.height
    top = sorted((line for line in page.lines if line.y < high), key=_height)[:2]
    bottom = sorted((line for line in page.lines if line.y > low), key=_height)[-2:]
    return [_margin(line, page.number, True) for line in top] + [_margin(line, page.number, False) for line in bottom]


def _height(line: Line) -> float:
    return line.y


_NUMBER = re.compile(r"\d+")
_AROUND_NUMBERS = " -–—·|[]()."
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def _margin(line: Line, number: int, top: bool) -> _Margin:
    words = line.text.strip(_AROUND_NUMBERS).split() or [""]
    values = [value for word in {words[0], words[-1]} if (value := _page_number(word)) is not None]
    pattern = _NUMBER.sub("#", line.text)
    has_letters = any(letter.isalpha() for letter in pattern) and not (len(words) == 1 and values)
    return _Margin(line, top, pattern if has_letters else "", frozenset(value - number for value in values))


def _page_number(word: str) -> int | None:
    """The value of an Arabic or Roman number standing alone, dashes around it or not."""
    word = word.strip(_AROUND_NUMBERS)
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return int(word)
    if not word or not _ROMAN.fullmatch(word):
        return None
    values = [_ROMAN_VALUES[letter] for letter in word.lower()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _returns(own: _Margin, others: list[_Margin]) -> bool:
    return any(
        own.top == other.top
        and abs(own.line.y - other.line.y) <= HEIGHT_TOLERANCE
        and (own.pattern == other.pattern != "" or not own.offsets.isdisjoint(other.offsets))
        for other in others
    )


def paragraphs(lines: list[Line]) -> list[str]:
    """Lines in reading order joined to paragraphs."""
    texts: list[str] = []
    above: Line | None = None
    for block in _blocks(lines):
        first, *others = _block_paragraphs(block)
        if above and block[0].y < above.y and _goes_on(texts[-1], first):
            texts[-1] = _join(texts[-1], first)
        else:
            texts.append(first)
        texts += others
        above = block[-1]
    return texts


def _goes_on(text: str, more: str) -> bool:
    """Whether a change of column cut a sentence in two."""
    return len(text) > 40 and more[0].islower() and not _SENTENCE_END.search(text)


def _block_paragraphs(block: list[Line]) -> list[str]:
    right = max(line.x + line.width for line in block)
    pitch = _pitch(block)
    groups = [block[:1]]
    for index in range(1, len(block)):
        following = block[index + 1] if index + 1 < len(block) else None
        if _ends_paragraph(groups[-1], block[index], following, right, pitch):
            groups.append([])
        groups[-1].append(block[index])
    return [joined(group) for group in groups]


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines that go down the same column in about the same size."""
    block: list[Line] = []
    for line in lines:
        if block and _leaves_block(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _leaves_block(above: Line, below: Line) -> bool:
    down = below.y - above.y
    return (
        down < 0.3 * above.height
        or down > 4 * above.height
        or below.x > above.x + above.width
        or below.x + below.width < above.x
        or abs(above.size - below.size) > 0.15 * above.size
    )


def _pitch(block: list[Line]) -> float:
    """The usual distance from line to line, in points; 0 for a block of one line."""
    return median(b.y - a.y for a, b in pairwise(block)) if len(block) > 1 else 0.0


_SENTENCE_END = re.compile(r"[.!?:;…。！？][\"'»”’)\]]*$")
_ITEM = re.compile(r"(?:[•◦▪●○■□‣∙*–—-]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")


def _ends_paragraph(group: list[Line], line: Line, following: Line | None, right: float, pitch: float) -> bool:
    """Whether ``line`` starts a paragraph after the lines of ``group``; ``right`` is the edge of the column."""
    above = group[-1]
    em = max(above.size, line.size) or line.height
    if line.y - above.y > max(1.3 * pitch, 1.1 * em) or _ITEM.match(line.text):
        return True
    if _has_room(above, line, right, em):
        return True
    indent = line.x - above.x
    if indent > 0.8 * em:  # a first line, unless the next one is indented as well: then it hangs from an item
        return following is not None and following.x < line.x - 0.5 * em
    return indent < -0.8 * em and len(group) > 1


def _has_room(above: Line, line: Line, right: float, em: float) -> bool:
    """Whether the first word of ``line`` would still have fitted on ``above``: then that one was ended on purpose."""
    room = right - above.x - above.width
    if room < em:
        return False
    word = line.text.split(maxsplit=1)[0]
    needed = (len(word) + 1) * above.width / max(len(above.text), 1)
    if _SENTENCE_END.search(above.text):
        return room > needed + 0.5 * em
    return room > needed + 4 * em and not line.text[0].islower()


_UNSPACED = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff9f]")
"""Scripts that are written without spaces."""


def joined(lines: list[Line]) -> str:
    """The text of some lines as one, words broken at line ends put together."""
    text = lines[0].text
    for line in lines[1:]:
        text = _join(text, line.text)
    return text


def _join(text: str, more: str) -> str:
    if text.endswith("-") and text[-2:-1].isalpha() and more[0].islower():
        word = text[text.rfind(" ") + 1 : -1]
        return (text if "-" in word or "/" in word else text[:-1]) + more
    if text.endswith(("-", "/", "—")) and text[-2:-1] not in ("", " ") and more[0].isalnum():
        return text + more
    if _UNSPACED.match(text[-1]) and _UNSPACED.match(more[0]):
        return text + more
    return f"{text} {more}"
