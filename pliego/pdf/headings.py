"""Headings told by type size and numbers, for documents without bookmarks. Pure geometry, no PDF library.

Strict on purpose: a wrong table of contents is worse than none. A type size counts as one of headings when it is larger
than that of the text, comes back, and nearly everything set in it looks like a heading; a number counts when it goes on
where the one before left off.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pliego.pdf.layout import bodies
from pliego.pdf.paragraphs import grouped
from pliego.pdf.seams import Wording, joined
from pliego.pdf.values import Line, OutlineEntry, PageText

LARGER = 1.12
"""Headings are set at least this much larger than the text, unless they are numbered."""
MAX_LINES = 3
MAX_LENGTH = 150
"""Characters of a heading."""
MAX_LEVELS = 4
"""Type sizes of headings that are told apart."""
PURITY = 0.8
"""Part of the paragraphs in a size that have to look like headings."""
MOSTLY = 0.7
"""Part of the headings that have a number where all proper ones have one."""
MOST_PER_PAGE = 3.0
"""A size that comes more often is that of something else, tables perhaps."""
MAX_HEADINGS = 5000
CONTENTS_ROWS = 5
"""So many paragraphs ending in a page number make a table of contents, which holds no headings of its own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may be a heading."""

    page: int
    y: float
    text: str
    size: float
    order: int
    """Its place among all paragraphs of the document."""
    numbers: tuple[int, ...] = ()
    """The number it begins with: (2, 1) of "2.1 Title"."""


def find_headings(pages: Iterable[PageText]) -> list[OutlineEntry]:
    """The headings of a document, in order; [] when they cannot be told with certainty."""
    survey = _Survey()
    for body in bodies(pages):
        survey.add(body.page, grouped(body.lines), body.wording)
    if not survey.candidates:
        return []
    levels = survey.levels()
    found = {each.order: (each, levels[each.size]) for each in survey.candidates if each.size in levels}
    for numbered in _numbered(survey.candidates, survey.usual):
        if numbered.order not in found:
            found[numbered.order] = (numbered, len(numbered.numbers) + (1 if levels else 0))
    in_order = [found[order] for order in sorted(found)]
    return list(_entries(in_order[_title_lines([candidate for candidate, _ in in_order]) :][:MAX_HEADINGS]))


def _title_lines(found: list[Candidate]) -> int:
    """How many of the first ones are no headings but lines of the title page, before the first of numbered headings."""
    numbered = [place for place, candidate in enumerate(found) if candidate.numbers]
    if not numbered or len(numbered) < MOSTLY * len(found) or found[numbered[0]].page != 1:
        return 0
    return numbered[0]


class _Survey:
    """What the pages of a document have in common."""

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self.pages = 0
        self._characters: Counter[float] = Counter()
        self._paragraphs: Counter[float] = Counter()

    def add(self, page: PageText, groups: list[list[Line]], wording: Wording) -> None:
        """Look at one page."""
        self.pages += 1
        contents = sum(bool(_CONTENTS_ROW.search(group[-1].text)) for group in groups) >= CONTENTS_ROWS
        for group in groups:
            order = sum(self._paragraphs.values())
            size = _rounded(group[0].size)
            self._paragraphs[size] += 1
            self._characters[size] += sum(len(line.text) for line in group)
            if not contents and looks_like_heading(group):
                text = joined([line.text for line in group], wording)
                numbers = _numbers(text)
                self.candidates.append(Candidate(page.number, group[0].y, text, size, order, numbers))

    @property
    def usual(self) -> float:
        """The type size of most of the text."""
        return self._characters.most_common(1)[0][0]

    def levels(self) -> dict[float, int]:
        """The type sizes of headings with their levels, from 1."""
        places: dict[float, list[Candidate]] = defaultdict(list)
        for candidate in self.candidates:
            if candidate.size >= LARGER * self.usual:
                places[candidate.size].append(candidate)
        sizes = [size for size, found in places.items() if self._is_of_headings(size, found)]
        return {size: level for level, size in enumerate(sorted(sizes, reverse=True)[:MAX_LEVELS], 1)}

    def _is_of_headings(self, size: float, found: list[Candidate]) -> bool:
        return (
            len(found) >= PURITY * self._paragraphs[size]
            and len({each.page for each in found}) > 1
            and len(found) <= MOST_PER_PAGE * self.pages
        )


_CONTENTS_ROW = re.compile(r"(?:\.\s?){3,}\s*\S{1,5}$|\s\d{1,4}$")
_LEADERS = re.compile(r"(?:\. ?){4,}|…{2,}|_{3,}")
_NUMBERED = re.compile(r"^(\d{1,3}(?:\.\d{1,3}){0,4})\.?\s+(?=[^\W\d])")
_PROSE_END = re.compile(r"[.,;:…]$")


def looks_like_heading(group: list[Line]) -> bool:
    """Whether a paragraph is short, begins and ends like a heading, and holds words."""
    first, last = group[0].text, group[-1].text
    if len(group) > MAX_LINES or sum(len(line.text) for line in group) > MAX_LENGTH:
        return False
    if _PROSE_END.search(last) or last.endswith("-") or first[0].islower():
        return False
    text = _NUMBERED.sub("", " ".join(line.text for line in group), count=1)
    letters = sum(map(str.isalpha, text))
    return letters >= 2 and letters > 0.5 * len(text.replace(" ", "")) and not _LEADERS.search(text)


def _rounded(size: float) -> float:
    """The type size to half a point: programs write 11.96 for 12."""
    return round(2 * size) / 2


def _numbers(text: str) -> tuple[int, ...]:
    match = _NUMBERED.match(text)
    return tuple(map(int, match[1].split("."))) if match else ()


def _numbered(candidates: list[Candidate], usual: float) -> Iterator[Candidate]:
    """Those whose numbers follow one another (1, 1.1, 1.2, 2, ...); none when hardly any has a part.

    A number without parts in the size of the text may as well be that of an item, unless parts of it follow.
    """
    run: list[Candidate] = []
    for candidate in candidates:
        if (
            candidate.numbers
            and candidate.size >= usual
            and _follows(run[-1].numbers if run else (), candidate.numbers)
        ):
            run.append(candidate)
    parts = sum(len(candidate.numbers) > 1 for candidate in run)
    if len(run) >= 5 and parts >= 0.4 * len(run):
        following = [*(each.numbers for each in run[1:]), ()]
        for each, then in zip(run, following, strict=True):
            if len(each.numbers) > 1 or each.size > usual or then == (*each.numbers, 1):
                yield each


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a number is the next one after ``last`` on its level, or the first of the level below."""
    if number == (*last, 1):
        return True
    depth = len(number)
    return depth <= len(last) and number[:-1] == last[: depth - 1] and number[-1] == last[depth - 1] + 1


_LABEL = re.compile(
    r"(?:chapter|part|section|appendix|cap[ií]tulo|parte|secci[oó]n|ap[eé]ndice|anexo|chapitre|partie|annexe|kapitel|"
    r"teil|anhang|cap[ií]tol|capitolo|bölüm|глава|часть)\s+[\w.]{1,8}",
    re.IGNORECASE,
)


def _entries(found: list[tuple[Candidate, int]]) -> Iterator[OutlineEntry]:
    """The entries, "Chapter 3" and the title below it as one."""
    deepest = 1
    label: tuple[Candidate, int] | None = None
    for candidate, level in found:
        entry = OutlineEntry(candidate.text, level, candidate.page, candidate.y)
        if label and candidate.order == label[0].order + 1 and candidate.page == label[0].page:
            entry = OutlineEntry(f"{label[0].text} {candidate.text}", label[1], candidate.page, label[0].y)
        elif label:
            yield OutlineEntry(label[0].text, min(label[1], deepest), label[0].page, label[0].y)
            deepest = min(label[1], deepest) + 1
        label = None
        if _LABEL.fullmatch(entry.title):
            label = (candidate, level)
            continue
        yield replace(entry, level=min(entry.level, deepest))
        deepest = min(entry.level, deepest) + 1
    if label:
        yield OutlineEntry(label[0].text, min(label[1], deepest), label[0].page, label[0].y)
