"""Cut one PDF into several."""

import io
from collections.abc import Sequence
from pathlib import PurePath
from typing import Annotated

from pliego.errors import BadRequest
from pliego.errors import gettext_noop as _
from pliego.pdf.fields import choice, number, only, order, whole
from pliego.pdf.operation import Group, Output, operation
from pliego.pdf.ranges import Pages
from pliego.pdf.report import Step
from pliego.pdf.structure import is_tagged
from pliego.pdf.transplant import Donor, Graft
from pliego.pdf.work import Work, packing
from pliego.pdf.zipping import Zip

MAX_PARTS = 10_000
MOST_TAGGED = 50
"""Parts that get the tags of their pages: all tags are looked through for each."""


@operation(
    label=_("Split a PDF"),
    summary=_("Cut one PDF into several: every so many pages, by ranges, at its bookmarks, or by size."),
    help=_("The parts come as a ZIP. Each keeps the bookmarks, links, forms and labels of its own pages."),
    group=Group.ORGANISE,
    icon="split",
    output=Output.ZIP,
    sample={"by": "pages", "every": 2},
    notes={
        "untagged": _("The tags for screen readers did not come along."),
        "parts": _("%(count)s parts."),
        "parts:one": _("%(count)s part."),
        "large": _("Some pages alone are larger than the size you chose; each is a part of its own."),
    },
)
def split(
    work: Work,
    *,
    by: Annotated[
        str,
        choice(
            _("Cut"),
            {
                "pages": _("Every so many pages"),
                "ranges": _("By ranges"),
                "bookmarks": _("At the bookmarks"),
                "size": _("By size"),
            },
            default="pages",
        ),
    ],
    every: Annotated[int, only(whole(_("Pages in each part"), 1, 10_000, default=1), by="pages")],
    ranges: Annotated[
        str,
        only(
            order(_("Ranges"), _("Each range becomes a part: 1-3, 4-9, 10-last."), default="all", board="parts"),
            by="ranges",
        ),
    ],
    level: Annotated[int, only(whole(_("Level of the bookmarks"), 1, 10, default=1), by="bookmarks")],
    megabytes: Annotated[
        float, only(number(_("Largest size of a part"), 0.01, 10_000, default=10, unit="MB"), by="size")
    ],
) -> None:
    """The parts are found first, then made one after the other."""
    donor = Donor(work.open())
    count = len(donor.pdf.pages)
    parts: Sequence[tuple[str, Sequence[int]]]
    if by == "pages":
        parts = [("", range(start, min(start + every, count))) for start in range(0, count, every)]
    elif by == "ranges":
        parts = [("", [page - 1 for page in part.pages(count)]) for part in Pages.parse(ranges).parts]
    elif by == "bookmarks":
        parts = _by_bookmarks(donor, level)
    else:
        parts = [("", part) for part in _by_size(work, donor, megabytes * 1e6)]
    if len(parts) > MAX_PARTS:
        raise BadRequest(what=f"{len(parts)} parts")
    tagged = by != "size" and len(parts) <= MOST_TAGGED
    _zip(work, donor, parts, tagged=tagged)
    if is_tagged(donor.pdf) and not tagged:
        work.note("untagged")
    work.note("parts", count=len(parts))


def _zip(work: Work, donor: Donor, parts: Sequence[tuple[str, Sequence[int]]], *, tagged: bool) -> None:
    """Write the parts, which are numbered and called by their titles."""
    stem = PurePath(work.names[0]).stem
    digits = len(str(len(parts)))
    with work.result() as file, Zip(file) as zipped:
        for place, (title, indexes) in enumerate(work.each(Step.PAGES, parts), 1):
            name = f"{stem} {place:0{digits}}{' ' if title else ''}{title}.pdf"
            zipped.add(name, _part(donor, indexes, tagged=tagged), packed=False)


def _part(donor: Donor, indexes: Sequence[int], *, tagged: bool = False) -> bytes:
    graft = Graft(tagged=tagged)
    graft.add(donor, indexes)
    graft.carry_facts(donor)
    out = io.BytesIO()
    version = donor.pdf.pdf_version
    graft.finish().save(out, fix_metadata_version=False, min_version=version, object_stream_mode=packing(version))
    return out.getvalue()


def _by_bookmarks(donor: Donor, level: int) -> list[tuple[str, range]]:
    """A part from each bookmark of this level or above to the next; what lies before the first is one too."""
    starts: dict[int, str] = {0: ""}
    waiting = [(bookmark, 1) for bookmark in donor.bookmarks]
    while waiting:
        bookmark, depth = waiting.pop()
        if bookmark.page is not None:
            starts[bookmark.page] = bookmark.title
        if depth < level:
            waiting += [(child, depth + 1) for child in bookmark.children]
    firsts = sorted(starts)
    return [
        (starts[first], range(first, end))
        for first, end in zip(firsts, [*firsts[1:], len(donor.pdf.pages)], strict=True)
    ]


def _by_size(work: Work, donor: Donor, most: float) -> list[range]:
    """Runs of pages that stay under a size; found by halving, as pages share fonts and pictures."""
    parts = []
    start, count = 0, len(donor.pdf.pages)
    while start < count:
        work.step(Step.CHECK, start, count)
        low, high = start + 1, count  # `low` is known to fit, or to be as small as it gets
        while low < high:
            middle = min((low + high + 1) // 2, low * 2 - start)
            if len(_part(donor, range(start, middle))) <= most:
                low = middle
            else:
                high = middle - 1
        if low == start + 1 and len(_part(donor, range(start, low))) > most:
            work.note("large")
        parts.append(range(start, low))
        start = low
    return parts
