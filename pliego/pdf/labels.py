"""Page labels: the numbers that a document prints on its pages, such as iv or A-3 (ISO 32000-2, 12.4.2)."""

from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, NumberTree, String


@dataclass(frozen=True, slots=True)
class Label:
    """The label of one page: its prefix and, if it has a style, its number."""

    style: str = ""
    prefix: str = ""
    number: int = 1


def read_labels(pdf: pikepdf.Pdf) -> list[Label | None]:
    """The label of each page, None where none is told; [] when the document labels no page."""
    tree = pdf.Root.get("/PageLabels")
    if not isinstance(tree, Dictionary) or (not tree.is_indirect and not ("/Nums" in tree or "/Kids" in tree)):
        return []
    runs = {
        int(start): run for start, run in NumberTree(pdf.make_indirect(tree)).items() if isinstance(run, Dictionary)
    }
    labels: list[Label | None] = []
    current: Label | None = None
    for index in range(len(pdf.pages)):
        if index in runs:
            run = runs[index]
            start = run.get("/St", 1)
            number = start if isinstance(start, int) else 1
            current = Label(str(run.get("/S", "")), str(run.get("/P", "")), number)
        elif current is not None:
            current = Label(current.style, current.prefix, current.number + 1)
        labels.append(current)
    return labels


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
