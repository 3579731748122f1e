"""What runs on from a page to the next: the end of the one and the beginning of the other as one text to look through.

What does not belong to the running text, such as running heads and page numbers, stands between them on paper; the
paragraphs of a page tell where its running text begins and ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST = 160
"""Letters from each page."""
_KEY = 24
"""Letters by which the beginning or end of the running text is found among the lines."""


@dataclass(frozen=True, slots=True)
class PageEnd:
    """A page end in folded text."""

    text: str
    """The end of the page, perhaps a space, and the beginning of the next page."""
    split: int
    """Where the next page begins in it."""
    own: int
    """Letters of it that are the page's own, as many as come before the space."""
    begins: int
    """Where it begins in the text of the page."""
    goes_on: int
    """Where in the text of the next page that part of it begins."""
    written: str
    """The next page from there on, as written."""

    def fields(self) -> list[Any]:
        """What a PageEnd is made of again."""
        return [self.text, self.split, self.own, self.begins, self.goes_on, self.written]

    def across(self, words: str, *, begins: bool, ends: bool) -> Iterator[tuple[int, int]]:
        """Each place of some words that lies on both pages; ``begins`` and ``ends``: whether with whole words."""
        start = self.text.find(words, max(self.own - len(words), 0))
        while 0 <= start < self.own:
            end = start + len(words)
            whole = (not begins or self._parts(start)) and (not ends or self._parts(end))
            if end > self.split and whole:
                yield start, end
            start = self.text.find(words, start + 1)

    def _parts(self, at: int) -> bool:
        """Whether a word ends or begins before a letter."""
        return not (0 < at < len(self.text) and self.text[at - 1].isalnum() and self.text[at].isalnum())


def page_end(page: str, end: int, following: str, start: int, written: str) -> PageEnd:
    """The end of a page with the beginning of the next, whose running text ends and starts at these places."""
    first = max(end - MOST, 0)
    tail, head = page[first:end].rstrip(), following[start : start + MOST]
    if tail.endswith("-") and len(tail) > 1 and tail[-2].isalpha() and head[:1].isalpha():
        tail, between = tail[:-1], ""  # folded text holds no hyphen between letters
    else:
        between = " " if tail and head else ""
    return PageEnd(tail + between + head, len(tail + between), len(tail), first, start, written[:MOST])


def running_text(page: str, first: str, last: str) -> tuple[int, int]:
    """Where the running text of a page begins and ends, told by its first and last paragraph, all in folded text."""
    start, end = page.find(first[:_KEY]), page.rfind(last[-_KEY:])
    return max(start, 0), end + len(last[-_KEY:]) if end >= 0 and last else len(page)
