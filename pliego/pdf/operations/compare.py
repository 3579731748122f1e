"""Two versions of a document side by side, with what was added and removed."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Annotated

import pikepdf
import pypdfium2
from pikepdf import Page, Pdf

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice
from pliego.pdf.finding import Box, letters_of, squeeze
from pliego.pdf.operation import Group, Inputs, operation
from pliego.pdf.placing import PAPERS, Cell, Sheet
from pliego.pdf.report import Step
from pliego.pdf.work import Work

MAX_WORDS = 400_000
LONGEST = 4000
"""Words of a changed passage that are compared one by one; a longer passage is marked whole."""
GAP = 12.0
_COLOURS = (b"1 0.55 0.55", b"0.55 0.9 0.55")
Word = tuple[str, int, Box]
"""As it is compared, the index of its page, and where it stands there."""


@operation(
    label=_("Compare two PDFs"),
    summary=_("See two versions side by side, with removed words in red and added ones in green."),
    help=_("The first file is the older one. Words are compared, wherever they stand; pictures are only shown."),
    group=Group.INSPECT,
    icon="git-compare",
    inputs=Inputs.TWO,
    sample={},
    notes={
        "same": _("The words of both are the same."),
        "changed": _("Words removed: %(removed)s. Words added: %(added)s. Pages with changes: %(pages)s."),
        "long": _("These documents are too long to be compared to their end."),
    },
)
def compare(
    work: Work,
    *,
    show: Annotated[
        str,
        choice(_("Pages"), {"all": _("All"), "changed": _("Only those with changes")}, default="all"),
    ],
) -> None:
    """Both documents' pages become forms on wide sheets, the changed words marked under them."""
    both = [list(_words(work, number)) for number in (0, 1)]
    if any(len(words) == MAX_WORDS for words in both):
        work.note("long")
    marks: tuple[dict[int, list[Box]], dict[int, list[Box]]] = ({}, {})
    counts = [0, 0]
    for side, word in _differences(both[0], both[1]):
        marks[side].setdefault(word[1], []).append(word[2])
        counts[side] += 1
    pages = sorted({*marks[0], *marks[1]})
    if pages:
        work.note("changed", removed=counts[0], added=counts[1], pages=len(pages))
    else:
        work.note("same")
    result = _side_by_side(work, marks, set(pages) if show == "changed" and pages else None)
    work.save(result)


def _words(work: Work, number: int) -> Iterator[Word]:
    document: pypdfium2.PdfDocument = work.draw(number)
    count = 0
    for index in work.each(Step.READ, range(len(document))):
        page = document[index]
        letters = letters_of(page)
        page.close()
        for word in letters.words():
            text = squeeze("".join(letters.text[at] for at in word))
            boxes = letters.lines(word)
            if text and boxes and count < MAX_WORDS:
                count += 1
                yield text, index, boxes[0]


def _differences(old: Sequence[Word], new: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    """The words that were removed, with 0, and those that were added, with 1."""
    matcher = SequenceMatcher(None, [word[0] for word in old], [word[0] for word in new], autojunk=len(old) > LONGEST)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            yield from ((0, word) for word in old[first:last])
            yield from ((1, word) for word in new[start:end])


def _side_by_side(work: Work, marks: Sequence[dict[int, list[Box]]], only: set[int] | None) -> Pdf:
    sources = [work.open(number) for number in (0, 1)]
    result = pikepdf.new()
    height, width = PAPERS["a4"]
    cells = [Cell(GAP, GAP, width / 2 - 1.5 * GAP, height - 2 * GAP),
             Cell(width / 2 + GAP / 2, GAP, width / 2 - 1.5 * GAP, height - 2 * GAP)]  # fmt: skip
    numbers = range(max(len(source.pages) for source in sources))
    for index in work.each(Step.PAGES, [number for number in numbers if only is None or number in only]):
        sheet = Sheet(result, width, height)
        for side, source in enumerate(sources):
            if index < len(source.pages):
                _put(sheet, result, source, index, cells[side], marks[side].get(index, []), _COLOURS[side])
        result.add_blank_page(page_size=(width, height))
        sheet.annotations = []
        sheet.fill(result.pages[-1].obj)
    return result


def _put(sheet: Sheet, result: Pdf, source: Pdf, index: int, cell: Cell, boxes: Sequence[Box], colour: bytes) -> None:
    result.pages.append(source.pages[index])
    page: Page = result.pages[-1]
    matrix = sheet.put(page, cell, frame=True)
    rows = [
        b"%.2f %.2f %.2f %.2f re" % (left, bottom, right - left, top - bottom) for left, bottom, right, top in boxes
    ]
    if rows:
        sheet.content.append(b"q /M gs %b rg %b cm %b f Q" % (colour, matrix.encode(), b" ".join(rows)))
    del result.pages[-1]
