"""A tool that needs a program of others: the program works first, confined, and the tool's own child with what it gave.

Doors and workers run every tool by `run`; nothing comes first for most of them.
"""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pliego.pdf import converting, programs, recognising
from pliego.pdf.errand import Errand, Tell
from pliego.pdf.reader import Reader
from pliego.pdf.report import Progress, Report

FIRST = 90
"""Per cent of the whole work that the program does."""
Preparation = Callable[[Errand, Reader, Path, Tell], Errand]
"""From an errand to the same with what the program gave; a folder for it to work in, gone afterwards."""
PREPARATIONS: dict[str, Preparation] = {
    "ocr": recognising.find_words,
    "office": converting.from_office,
    "pdfa": converting.for_archive,
}
"""By operation."""


def run(reader: Reader, errand: Errand, output: int, tell: Tell, room: Path | None = None) -> Report:
    """Let a tool work, as Reader.run does; ``room``: the folder for what is needed on the way.

    Raise ProgramMissing, and what the program's work raises.
    """
    prepare = PREPARATIONS.get(errand.operation.name)
    if prepare is None:
        return reader.run(errand, output, tell)
    programs.require(errand.operation.program)
    with tempfile.TemporaryDirectory(prefix="pliego-", dir=room) as folder:
        ready = prepare(errand, reader, Path(folder), lambda said: tell(said and _share(said, 0, FIRST)))
        report = reader.run(ready, output, lambda said: tell(said and _share(said, FIRST, 100)))
    return replace(report, size_before=errand.size)


def _share(said: Progress, first: int, last: int) -> Progress:
    return replace(said, percent=first + said.percent * (last - first) // 100)
