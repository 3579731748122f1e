"""Words on pages with the boxes of their letters, found whatever the spacing, hyphens and line ends between them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own space."""
_BROKEN = "\ufffe\u00ad\x02"
"""Marks of a word that is broken at the end of a line."""
_BREAKS = {0x02, 0x0A, 0x0D}
"""Control characters that PDFium means something by."""
_GAPS = re.compile(r"[\s\-\u2010\u2011]+")


@dataclass(frozen=True, slots=True)
class Letters:
    """The text of a page, letter by letter."""

    text: str
    boxes: Sequence[Box]

    def places(self, word: str, *, whole: bool = True) -> Iterator[range]:
        """Where a word stands, as ranges of letters; ``whole``: only where no letter or digit touches it."""
        squeezed, at = _squeezed(self.text)
        wanted, _ = _squeezed(word)
        start = squeezed.find(wanted) if wanted else -1
        while start >= 0:
            found = range(at[start], at[start + len(wanted) - 1] + 1)
            if not whole or not (self._joined(found[0] - 1, found[0]) or self._joined(found[-1], found[-1] + 1)):
                yield found
            start = squeezed.find(wanted, start + 1)

    def _joined(self, one: int, other: int) -> bool:
        """Whether two neighbours belong to one word."""
        if one < 0 or other >= len(self.text):
            return False
        return self.text[one].isalnum() and self.text[other].isalnum()

    def lines(self, found: range) -> list[Box]:
        """The boxes around a range of letters, one for each line that it stands on."""
        boxes = [self.boxes[at] for at in found if self.boxes[at][2] > self.boxes[at][0]]
        runs: list[list[Box]] = []
        for box in boxes:
            same_line = runs and abs(_middle(runs[-1][-1]) - _middle(box)) < max(box[3] - box[1], 1) * 0.7
            if same_line:
                runs[-1].append(box)
            else:
                runs.append([box])
        return [_around(run) for run in runs]

    def words(self) -> Iterator[range]:
        """Its words, as ranges of letters."""
        numbered = enumerate(self.text)
        for space, run in groupby(numbered, key=lambda each: each[1].isspace() or each[1] in _BROKEN):
            at = [number for number, _ in run]
            if not space:
                yield range(at[0], at[-1] + 1)


def text_of(page: pypdfium2.PdfPage) -> str:
    """What PDFium reads on a page, letter by letter."""
    with closing(page.get_textpage()) as read:
        return _text(read)


def letters_of(page: pypdfium2.PdfPage) -> Letters:
    """The same with the box of each letter, which takes ten times as long."""
    with closing(page.get_textpage()) as read:
        boxes = [read.get_charbox(index, loose=True) for index in range(read.count_chars())]
        return Letters(_text(read), boxes)


def _text(read: pypdfium2.PdfTextPage) -> str:
    codes = [pdfium.FPDFText_GetUnicode(read, index) for index in range(read.count_chars())]
    return "".join(chr(code) if code in _BREAKS or chr(code) >= " " else " " for code in codes)


def tells(text: str, words: Sequence[str], *, whole: bool) -> bool:
    """Whether one of the words stands in a text."""
    squeezed = squeeze(text)
    return any(
        squeeze(word) in squeezed and next(Letters(text, ()).places(word, whole=whole), None) is not None
        for word in words
    )


def squeeze(text: str) -> str:
    """A text as it is compared: without case, accents' forms, spaces and hyphens."""
    return "".join(map(_compared, text))


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The letters that are compared, and where each comes from."""
    parts = [_compared(letter) for letter in text]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]


@lru_cache(maxsize=10_000)
def _compared(letter: str) -> str:
    if letter in _BROKEN or _GAPS.fullmatch(letter):
        return ""
    return unicodedata.normalize("NFKC", letter).casefold()


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _around(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
