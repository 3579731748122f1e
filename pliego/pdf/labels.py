"""Page labels: the numbers that a document prints on its pages, such as iv or A-3 (ISO 32000-2, 12.4.2)."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, String

from pliego.pdf.metadata import decode
from pliego.pdf.numbering import NUMBER_MOST, PREFIX_MOST, RUNS_MOST, STYLES, Run
from pliego.pdf.title import one_line
from pliego.pdf.values import MAX_READ_PAGES

_VISITS_MOST = 50_000
"""Items of the tree that are looked at."""
_NO_SENSE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RuntimeError, pikepdf.PdfError)
"""What a tree raises that was written wrongly."""


@dataclass(frozen=True, slots=True)
class Label:
    """The label of one page: its prefix and, if it has a style, its number."""

    style: str = ""
    prefix: str = ""
    number: int = 1


def read_labels(pdf: pikepdf.Pdf) -> list[Label | None]:
    """The label of each page, None where none is told; [] when the document labels no page."""
    starts = _starts(pdf, len(pdf.pages))
    labels: list[Label | None] = []
    current: Label | None = None
    for index in range(len(pdf.pages) if starts else 0):
        if index in starts:
            current = starts[index]
        elif current is not None:
            current = Label(current.style, current.prefix, current.number + 1)
        labels.append(current)
    return labels


def read_runs(pdf: pikepdf.Pdf, pages: int) -> list[Run]:
    """The runs of labels of a document with so many pages that can be shown, as few as will do.

    [] when the labels say no more than where each page lies, and when there are too many of them. Whatever is wrong
    with a tree, no error is raised.
    """
    with suppress(*_NO_SENSE):
        starts = sorted(_starts(pdf, min(pages, MAX_READ_PAGES)).items())
        runs = list(_joined(_shown(index + 1, label) for index, label in starts))
        if len(runs) <= RUNS_MOST and any(run[1:] != ("D", "", run.page) for run in runs):
            return runs
    return []


def _shown(page: int, label: Label) -> Run:
    """A label as it is shown. One that is written out, as in P (12), counts as a number, so that runs can be joined."""
    style = label.style.removeprefix("/")
    prefix = "".join(filter(str.isprintable, one_line(label.prefix)))[: PREFIX_MOST - 1]
    if prefix and label.prefix[-1:].isspace():
        prefix += " "
    number = min(max(label.number, 1), NUMBER_MOST)
    if style not in STYLES or not style:
        words = prefix.rstrip("0123456789")
        figures = prefix[len(words) :]
        if figures and figures[0] != "0" and int(figures) <= NUMBER_MOST:
            return Run(page, "D", words, int(figures))
        return Run(page, "", prefix, 1)
    return Run(page, style, prefix, number)


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Without those that only go on with the one before."""
    before: Run | None = None
    for run in runs:
        if before is None or run[1:] != (before.style, before.prefix, _next(before, run.page)):
            yield run
            before = run


def _next(run: Run, page: int) -> int:
    return run.number + (page - run.page if run.style else 0)


def _starts(pdf: pikepdf.Pdf, pages: int) -> dict[int, Label]:
    """The label that each run begins with, by the index of its first page."""
    found: dict[int, Label] = {}
    for index, run in _entries(pdf.Root.get("/PageLabels")):
        if 0 <= index < pages and index not in found:
            start = run.get("/St", 1)
            number = start if isinstance(start, int) else 1
            found[index] = Label(_name(run.get("/S")), _words(run.get("/P")), number)
    return found


def _name(style: object) -> str:
    return str(style) if isinstance(style, Name) else ""


def _words(prefix: object) -> str:
    return decode(bytes(prefix)) if isinstance(prefix, String) else ""


def _entries(tree: object) -> Iterator[tuple[int, Dictionary]]:
    """The entries of a number tree (7.9.7), which may be tied into rings or lead nowhere: none is visited twice."""
    left = _VISITS_MOST
    waiting, seen = [tree], set[tuple[int, int]]()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        numbers, kids = _items(node.get("/Nums"), left), _items(node.get("/Kids"), left)
        left -= len(numbers) + len(kids)
        for index, run in zip(numbers[::2], numbers[1::2], strict=False):
            if isinstance(index, int) and isinstance(run, Dictionary):
                yield index, run
        waiting += reversed(kids)


def _items(array: object, most: int) -> list[object]:
    return [array[at] for at in range(min(len(array), most))] if isinstance(array, Array) else []


def write_labels(pdf: pikepdf.Pdf, labels: Iterable[Label | None]) -> None:
    """Make these the labels of the pages; without any, the document has none."""
    labels = list(labels)
    if "/PageLabels" in pdf.Root:
        del pdf.Root.PageLabels
    if not any(labels):
        return
    tree = NumberTree.new(pdf)
    before: Label | None = None
    for index, label in enumerate(labels):
        here = label or Label("/D", "", index + 1)
        if before is None or here != Label(before.style, before.prefix, before.number + 1):
            tree[index] = _run(here)
        before = here
    pdf.Root.PageLabels = tree.obj


def _run(label: Label) -> Dictionary:
    run = Dictionary()
    if label.style:
        run.S = Name(label.style)
    if label.prefix:
        run.P = String(label.prefix)
    if label.style and label.number > 1:
        run.St = label.number
    return run
