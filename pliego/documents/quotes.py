"""A passage as an address: its words with a little of what stands around them, found again where it has moved to.

An anchor is a text quote (W3C Web Annotation Data Model, 4.2.4): the exact words, or the first and last ones of a long
passage, with a prefix and a suffix where the words alone could mean several places. In an address it is written
``prefix~words~suffix`` or just ``words``, and a long passage ``first words..last words``. Accents, case, punctuation,
spaces and line ends do not count, so that a passage is found again whichever way its lines are broken.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, takewhile

from pliego.documents import reading
from pliego.documents.models import File
from pliego.errors import BadRequest
from pliego.pdf.spans import Box, is_sideways, runs_downwards, span_box
from pliego.pdf.values import Extent, Line, PageText

MAX_LENGTH = 600
"""Characters of an anchor in an address."""
WHOLE = 80
"""A passage of so many letters stands in its anchor whole; of a longer one the first and last words."""
ENDS = 5
"""Words from each end of a long passage."""
AROUND = 3
"""Words of a prefix or suffix."""
CLEAR = 16
"""A passage of fewer letters always has prefix and suffix."""
LONGEST = 20_000
"""Letters from the first to the last words of a passage."""
REFRAINS = 10
"""So many returns of the last words are looked at."""
NEIGHBOURS = 2
"""Pages before and after that are looked at first."""
FURTHEST = 1000
"""Pages before and after that are looked at in the end: half a second of work."""
CLOSELY = 30
"""Of those pages, how many that hold the words are looked at for the passage."""
PLACES_MOST = 2000
"""Places of the first words that are looked at on a page."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words to find: the passage from ``start`` to ``end``, which is "" when ``start`` is all of it."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        """The anchor as it stands in an address, before percent-encoding."""
        passage = f"{self.start}..{self.end}" if self.end else self.start
        return f"{self.prefix}~{passage}~{self.suffix}" if self.prefix or self.suffix else passage


@dataclass(frozen=True, slots=True)
class Located:
    """Where a passage stands. The boxes are those on its first page, one for each line."""

    page: int
    boxes: list[Box]
    text: str
    """The passage in the words of the page."""
    moved: bool = False
    """It is no longer on the page it was quoted from."""


def parse(quote: str) -> Anchor:
    """The anchor that an address names. Raise BadRequest when it names no words or is too long."""
    if len(quote) > MAX_LENGTH:
        raise BadRequest(what="quote")
    prefix, passage, suffix = _parts(quote)
    start, _, end = passage.partition("..")
    if not folded(start):
        raise BadRequest(what="quote")
    return Anchor(start.strip(), end.strip() if folded(end) else "", prefix.strip(), suffix.strip())


def anchor_of(
    pages: Sequence[PageText], passage: str, end: str = "", before: str = "", after: str = ""
) -> Anchor | None:
    """An anchor for words selected on the first of these pages, or from there on to the next; None if not there.

    Of a long selection the beginning is enough as ``passage``, with its last words as ``end``. What stands ``before``
    and ``after`` it tells it from the same words elsewhere on the page.
    """
    whole = Anchor(_words(passage), _words(end), _words(before), _words(after))
    if not folded(whole.start) or not pages:
        return None
    stream = _Stream(pages)
    place = stream.find(whole)
    if place is None:
        return None
    bare = _shortened(whole)
    if len(folded(bare.start + bare.end)) >= CLEAR and list(islice(stream.places(bare), 2)) == [place]:
        return bare
    prefix, suffix = _words(stream.before(place)).split(), _words(stream.after(place)).split()
    return replace(bare, prefix=" ".join(prefix[-AROUND:]), suffix=" ".join(suffix[:AROUND]))


def locate(file: File, number: int, anchor: Anchor) -> Located | None:
    """Find a passage on the page it was quoted from, else near it, else as far as FURTHEST; None when it is gone."""
    here = list(reading.page_texts(file, number, number + 1))
    if here and here[0].number == number:
        for pages in (here[:1], here):
            if found := _found(pages, anchor):
                return found.on(pages[0], reading.word_places(file, pages[0]))
    for page in islice((page for page in _nearest(file, number) if _may_stand_on([page], anchor)), CLOSELY):
        if elsewhere := _passage([page], anchor):
            return replace(elsewhere.on(page, reading.word_places(file, page)), moved=True)
    return None


def folded(text: str) -> str:
    """Letters and digits alone, without accents and case. The parts of a text fold to the parts of its folding."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text).casefold())


_letters = lru_cache(maxsize=10_000)(folded)
"""The same of single characters."""


def _parts(quote: str) -> tuple[str, str, str]:
    """Prefix, passage and suffix; people who write an address by hand leave out what they do not need."""
    match quote.split("~"):
        case [passage]:
            return "", passage, ""
        case [passage, suffix]:
            return "", passage, suffix
        case [prefix, passage, suffix]:
            return prefix, passage, suffix
    raise BadRequest(what="quote")


def _words(text: str) -> str:
    """The words in one line, punctuation left out, a word broken at a line end joined."""
    text = re.sub(r"[-\xad\u2010]\s*\n\s*", "", unicodedata.normalize("NFC", text))
    return " ".join("".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in text).split())


def _shortened(whole: Anchor) -> Anchor:
    """The passage alone, a long one cut to its ends; words too long for an address (or none at all) at any letter."""
    words, last = whole.start.split(), (whole.end or whole.start).split()
    if not whole.end and len(whole.start) <= WHOLE:
        return Anchor(whole.start)
    start, end = " ".join(words[:ENDS]), " ".join(last[-ENDS:])
    if not whole.end and len(words) <= 2 * ENDS:
        start, end = whole.start[: len(whole.start) // 2], whole.start[len(whole.start) // 2 :]
    return Anchor(start[:WHOLE].strip(), end[-WHOLE:].strip())


def _found(pages: Sequence[PageText], anchor: Anchor) -> "_Passage | None":
    """The passage, beginning on the first of these pages."""
    return _passage(pages, anchor) if _may_stand_on(pages, anchor) else None


def _passage(pages: Sequence[PageText], anchor: Anchor) -> "_Passage | None":
    """The same where the words are known to be there."""
    stream = _Stream(pages)
    place = stream.find(anchor)
    return stream.passage(place) if place else None


def _may_stand_on(pages: Sequence[PageText], anchor: Anchor) -> bool:
    """Whether the words are there at all: most pages have not got them, and the search costs twenty times more."""
    letters = folded(" ".join(line.text for page in pages for line in page.lines))
    return folded(anchor.start) in letters and folded(anchor.end) in letters


def _nearest(file: File, number: int) -> Iterator[PageText]:
    """The other pages of a document: the neighbours, then all within reach in order."""
    near = list(reading.page_texts(file, max(number - NEIGHBOURS, 1), number + NEIGHBOURS))
    yield from sorted((page for page in near if page.number != number), key=lambda page: abs(page.number - number))
    for page in reading.page_texts(file, max(number - FURTHEST, 1), number + FURTHEST):
        if abs(page.number - number) > NEIGHBOURS:
            yield page


_Place = tuple[int, int]
"""The first and the behind-last letter of a passage, in the folded text."""


class _Stream:
    """The words of a page, or of a page and the next, as one folded text that knows where each letter comes from."""

    def __init__(self, pages: Sequence[PageText]) -> None:
        self.first = pages[0].number
        self._lines = [(page.number, line) for page in pages for line in page.lines]
        self._own = len(pages[0].lines)
        letters: list[str] = []
        self._origins: list[tuple[int, int]] = []  # for each letter: its line, and its place in that line
        for index, (_, line) in enumerate(self._lines):
            for place, char in enumerate(line.text):
                parts = _letters(char)
                letters.append(parts)
                self._origins += [(index, place)] * len(parts)
        self.text = "".join(letters)

    def find(self, anchor: Anchor) -> _Place | None:
        """The place that agrees best with what is to stand around the passage; the first of equals."""
        prefix, suffix = folded(anchor.prefix), folded(anchor.suffix)
        return max(self.places(anchor), key=lambda place: self._agreement(place, prefix, suffix), default=None)

    def places(self, anchor: Anchor) -> Iterator[_Place]:
        """Every place on the first page where the passage begins."""
        start, end = folded(anchor.start), folded(anchor.end)
        for at in islice(self._each(start, 0, len(self.text)), PLACES_MOST):
            if self._origins[at][0] >= self._own:
                return
            stop = at + len(start)
            if not end:
                yield at, stop
            for last in islice(self._each(end, stop, at + LONGEST), REFRAINS) if end else ():
                yield at, last + len(end)

    def _each(self, letters: str, first: int, stop: int) -> Iterator[int]:
        at = self.text.find(letters, first, stop)
        while at >= 0:
            yield at
            at = self.text.find(letters, at + 1, stop)

    def _agreement(self, place: _Place, prefix: str, suffix: str) -> float:
        first, stop = place
        before = zip(reversed(prefix), reversed(self.text[max(first - len(prefix), 0) : first]), strict=False)
        after = zip(suffix, self.text[stop : stop + len(suffix)], strict=False)
        same = sum(1 for pairs in (before, after) for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        return same + (self._begins_word(first) + self._begins_word(stop)) / 4

    def _begins_word(self, at: int) -> bool:
        """Whether a letter does not follow upon another one of the same word."""
        if not 0 < at < len(self._origins):
            return True
        (line, place), (line_before, place_before) = self._origins[at], self._origins[at - 1]
        return line != line_before or place - place_before > 1

    def before(self, place: _Place) -> str:
        """Some text in front of a passage."""
        return self._between(max(place[0] - 100, 0), place[0])

    def after(self, place: _Place) -> str:
        """Some text behind a passage."""
        return self._between(place[1], min(place[1] + 100, len(self.text)))

    def _between(self, first: int, stop: int) -> str:
        return "\n".join(line.text[start:end] for line, start, end in self._pieces(first, stop))

    def _pieces(self, first: int, stop: int) -> Iterator[tuple[Line, int, int]]:
        """The lines that a run of letters touches, each with its first and behind-last character in it."""
        if first >= stop:
            return
        (top, start), (bottom, end) = self._origins[first], self._origins[stop - 1]
        for index in range(top, bottom + 1):
            line = self._lines[index][1]
            yield line, start if index == top else 0, end + 1 if index == bottom else len(line.text)

    def passage(self, place: _Place) -> "_Passage":
        """The passage with its lines on the first page."""
        first, pieces = self._origins[place[0]][0], list(self._pieces(*place))
        own = [(index, start, end) for index, (_, start, end) in enumerate(pieces, first) if index < self._own]
        text = re.sub(r"\s+", " ", re.sub(r"(?<=\w)[-\xad\u2010]\n", "", self._between(*place)))
        return _Passage(own, text)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage on a page: the lines it stands on, numbered from 0, with its characters on each."""

    lines: list[tuple[int, int, int]]
    text: str

    def on(self, page: PageText, extents: Sequence[Sequence[Extent]] = ()) -> Located:
        """Where it lies on the page, whose words may have been measured."""
        sideways = [line for line in page.lines if is_sideways(line)]
        downwards = bool(sideways) and runs_downwards(sideways)
        boxes = [
            span_box(page.lines[index], start, end, extents=extents[index] if extents else (), downwards=downwards)
            for index, start, end in self.lines
        ]
        return Located(page.number, [_rounded(box) for box in boxes], self.text)


def _rounded(box: Box) -> Box:
    x, y, width, height = (round(edge, 1) for edge in box)
    return x, y, width, height
