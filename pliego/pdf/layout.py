"""From lines with boxes to text that reads. Pure geometry, no PDF library."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pliego.pdf.heads import Heights, Margin, heights_of, margins, without_heads
from pliego.pdf.paragraphs import paragraphs
from pliego.pdf.seams import Wording, words_of
from pliego.pdf.spans import is_sideways, is_slanted, runs_downwards
from pliego.pdf.values import Line, PageText

WINDOW = 8
"""Pages before and after in which a running head has to return."""


def joined_fragments(lines: list[Line]) -> list[Line]:
    """Join pieces of one visual line that PDFium told apart, such as raised note marks.

    Never to a line that counts as slanted, for the text of such a line is left out of the paragraphs.
    """
    joined = lines[:1]
    for line in lines[1:]:
        if _continues_visually(joined[-1], line) and not is_slanted(whole := _merged(joined[-1], line)):
            joined[-1] = whole
        else:
            joined.append(line)
    return joined


_RAISED_MARK = re.compile(r"(?:^|[^\W\d_]|[.,;:)\"”’])(?:\d{1,3}|[*†‡§¶])$")


def _continues_visually(left: Line, right: Line) -> bool:
    gap = right.x - left.x - left.width
    if gap < -0.2 * left.height:  # as most lines do, it begins far left of where the one before it ends
        return False
    low = min(left.height, right.height)
    if not -0.2 * low <= gap <= low:
        return False
    if gap > 0.4 * low and not _RAISED_MARK.search(left.text):  # after those PDFium parts lines at any space
        return False
    shared = min(left.y + left.height, right.y + right.height) - max(left.y, right.y)
    return shared > 0.5 * low and not is_sideways(left) and not is_sideways(right)


def _merged(left: Line, right: Line) -> Line:
    gap = right.x - left.x - left.width
    top = min(left.y, right.y)
    return Line(
        text=left.text + (" " if gap > 0.15 * left.height else "") + right.text,
        x=left.x,
        y=top,
        width=round(right.x + right.width - left.x, 1),
        height=round(max(left.y + left.height, right.y + right.height) - top, 1),
        size=max(left.size, right.size),
    )


def upright(lines: list[Line]) -> list[Line]:
    """Lines of a page whose text is set sideways as they would lie if the page were turned; other lines as they are."""
    if sum(map(is_sideways, lines)) <= len(lines) / 2:
        return lines
    if runs_downwards(lines):
        return [ln._replace(x=ln.y, y=-ln.x - ln.width, width=ln.height, height=ln.width) for ln in lines]
    return [ln._replace(x=-ln.y - ln.height, y=ln.x, width=ln.height, height=ln.width) for ln in lines]


@dataclass(frozen=True, slots=True)
class Body:
    """A page as it reads."""

    page: PageText
    lines: list[Line]
    """Without running heads, upright."""
    wording: Wording
    """The words of the pages around it."""


def with_paragraphs(pages: Iterable[PageText]) -> Iterator[PageText]:
    """The same pages with their paragraphs, running heads left out; looks WINDOW pages ahead."""
    for body in bodies(pages):
        yield replace(body.page, paragraphs=paragraphs(body.lines, body.wording))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page of the window."""

    page: PageText
    margins: list[Margin]
    heights: Heights
    words: str


def bodies(pages: Iterable[PageText]) -> Iterator[Body]:
    """Each page without its running heads; looks WINDOW pages ahead."""
    window: deque[_Seen] = deque()
    waiting = 0
    for page in pages:
        found = margins(page)
        window.append(_Seen(page, found, heights_of(found), words_of([line.text for line in page.lines])))
        waiting += 1
        if waiting > WINDOW:
            yield _body(window, len(window) - waiting)
            waiting -= 1
        if len(window) > 2 * WINDOW:
            window.popleft()
    for index in range(len(window) - waiting, len(window)):
        yield _body(window, index)


def _body(window: deque[_Seen], index: int) -> Body:
    own = window[index]
    lines = without_heads(own.page, own.margins, [seen.heights for seen in window if seen is not own])
    lines = [line for line in lines if not is_slanted(line)]
    return Body(own.page, upright(lines), Wording([seen.words for seen in window]))
