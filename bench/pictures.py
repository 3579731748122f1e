"""Pictures of pages: what they cost, confined, against a raw render and encode, and how large they are.

Aim: 1.3 times the raw time; the median page of text at most 40 kB at 1000 pixels, a first page 80 kB at 800.
Pages of generated books, and of the books in the folder that BENCH_PDFS names.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench import bare
from bench.measurement import Measurement, seconds, side_by_side
from pliego.errors import PliegoError
from pliego.pdf.reader import PrivateParser, Reader
from tests import samples

ROUNDS = 15
WIDTH, FIRST_WIDTH = 1000, 800
BOOK_PAGES = 20
"""A file with so many pages is taken for a book of text."""
BOOKS = 40


def measure() -> Iterator[Measurement]:
    """Time on the first page of a book, sizes on pages from the middle."""
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as name, PrivateParser() as reader:
        made = Path(name) / "book.pdf"
        made.write_bytes(samples.book(60))
        confined, raw = side_by_side(
            lambda: seconds(lambda: reader.picture(made, 2, FIRST_WIDTH)) * 1000,
            lambda: seconds(lambda: bare.picture(made, 2, FIRST_WIDTH)) * 1000,
            ROUNDS,
        )
        yield Measurement("picture of a page of text", confined, "ms", 1.3, "render, encode", raw)
        books = [made, *found(reader)]
        middle = [len(reader.picture(book, 15, WIDTH)) / 1000 for book in books]
        first = [len(reader.picture(book, 1, FIRST_WIDTH)) / 1000 for book in books]
        yield Measurement(f"median page of {len(books)} books, {WIDTH} px", median(middle), "kB", aim=40)
        yield Measurement(f"median first page of {len(books)} books, {FIRST_WIDTH} px", median(first), "kB", aim=80)


def found(reader: Reader) -> Iterator[Path]:
    """Books in BENCH_PDFS."""
    folder = os.environ.get("BENCH_PDFS")
    files = sorted(Path(folder).rglob("*.pdf")) if folder else []
    for file in files[:: max(len(files) // BOOKS, 1)]:
        try:
            if reader.facts(file).pages >= BOOK_PAGES:
                yield file
        except PliegoError:
            continue
