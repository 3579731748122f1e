"""The text of a book with lines, paragraphs and running heads, read in the confinement and saved.

Aim: 0.65 of the pages per second of processor time of bare pypdfium2, which gives plain text only; at most 100 MB.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from statistics import median

from bench import bare
from bench.measurement import Measurement, side_by_side
from bench.processes import children_of, highest_memory, processor_seconds
from pliego.documents.sidecar import CHUNK_PAGES, TextSidecar
from pliego.pdf.reader import PrivateParser, Reader
from pliego.storage.derived import Derived
from tests import samples

PAGES = 455
ROUNDS = 5


def measure() -> Iterator[Measurement]:
    """Pages per second of processor time, wherever it is spent."""
    private = PrivateParser()
    with tempfile.TemporaryDirectory() as name, private as reader:
        folder, parser = Path(name), private.process.pid
        file = folder / "book.pdf"
        file.write_bytes(samples.book(PAGES))
        memory: list[float] = []

        def read() -> float:
            before = processor_seconds([os.getpid(), parser])
            memory.append(read_and_save(reader, file, folder, parser))
            while children_of(parser):  # the last one counts once it has ended
                time.sleep(0.001)
            return PAGES / (processor_seconds([os.getpid(), parser]) - before)

        read()
        measured, reference = side_by_side(read, lambda: pages_of_bare(file), ROUNDS)
    yield Measurement("text of a book, per core", measured, "pages/s", 0.65, "bare text", reference, at_least=True)
    yield Measurement("highest memory of a reading process", median(memory), "MB", aim=100)


def read_and_save(reader: Reader, file: Path, folder: Path, parser: int) -> float:
    """Read as the worker does, chunk by chunk; give the highest memory of a child, in MB."""
    text = TextSidecar(Derived(folder / "derived"), sha256(b"book").hexdigest(), "1")
    highest = 0.0
    for first in range(1, PAGES + 1, CHUNK_PAGES):
        pages = []
        for page in reader.text(file, first, min(first + CHUNK_PAGES - 1, PAGES)):
            pages.append(page)
            if page.number % CHUNK_PAGES == 0:
                with suppress(FileNotFoundError):  # has ended
                    highest = max(highest, *map(highest_memory, children_of(parser)), 0)
        text.write_chunk(first, pages)
    return highest


def pages_of_bare(file: Path) -> float:
    """Pages per second of processor time of the reference."""
    start = time.process_time()
    bare.text(file)
    return PAGES / (time.process_time() - start)
