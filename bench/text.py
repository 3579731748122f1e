"""The text of a book with lines, paragraphs and running heads, read in the confinement and saved.

Aim: 0.65 of the pages per second of processor time of bare pypdfium2, which gives plain text only; at most 100 MB.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pypdfium2

from bench import bare
from bench.measurement import Measurement, side_by_side
from bench.processes import children_of, highest_memory, processor_seconds
from pliego.documents.sidecar import CHUNK_PAGES, TextSidecar
from pliego.pdf.reader import PrivateParser, Reader
from pliego.storage.derived import Derived
from tests import samples

PAGES = 455
LEAST_PAGES, MOST_PAGES = 250, 600
ROUNDS = 7


def measure() -> Iterator[Measurement]:
    """A generated book, which PDFium reads in no time, and the real ones in the folder that BENCH_PDFS names."""
    private = PrivateParser()
    with tempfile.TemporaryDirectory() as name, private as reader:
        made = Path(name) / "book.pdf"
        made.write_bytes(samples.book(PAGES))
        memory: list[float] = []
        for file in (made, *books()):
            reading = Reading(reader, private.process.pid, file, Path(name) / "derived", memory)
            reading.again()
            measured, reference = side_by_side(reading.again, partial(pages_of_bare, file), ROUNDS)
            what = f"text of {file.stem[-24:]}, {reading.pages} pages, per core"
            yield Measurement(what, measured, "pages/s", 0.65, "bare text", reference, at_least=True)
    yield Measurement("highest memory of a reading process", max(memory), "MB", aim=100)


def books() -> Iterator[Path]:
    """PDFs of the folder with so many pages as a book has."""
    folder = os.environ.get("BENCH_PDFS")
    for path in sorted(Path(folder).rglob("*.pdf")) if folder else ():
        with suppress(pypdfium2.PdfiumError):
            if LEAST_PAGES <= len(pypdfium2.PdfDocument(path)) <= MOST_PAGES:
                yield path


class Reading:
    """A book that is read again and again as the worker does it, and what that takes, wherever it is spent."""

    def __init__(self, reader: Reader, parser: int, file: Path, folder: Path, memory: list[float]) -> None:
        self.reader, self.parser, self.file, self.memory = reader, parser, file, memory
        self.pages = len(pypdfium2.PdfDocument(file))
        self.text = TextSidecar(Derived(folder), sha256(file.name.encode()).hexdigest(), "1")

    def again(self) -> float:
        """Pages per second of processor time."""
        before = processor_seconds([os.getpid(), self.parser])
        self._read_and_save()
        while children_of(self.parser):  # the last one counts once it has ended
            time.sleep(0.01)
        return self.pages / (processor_seconds([os.getpid(), self.parser]) - before)

    def _read_and_save(self) -> None:
        pages = self.reader.text(self.file, 1, self.pages)
        for first in range(1, self.pages + 1, CHUNK_PAGES):
            chunk = list(islice(pages, CHUNK_PAGES))
            with suppress(FileNotFoundError, ProcessLookupError):  # has ended
                self.memory += map(highest_memory, children_of(self.parser))
            self.text.write_chunk(first, chunk)
        pages.close()


def pages_of_bare(file: Path) -> float:
    """Pages per second of processor time of the reference."""
    start = time.process_time()
    return bare.text(file) / (time.process_time() - start)
