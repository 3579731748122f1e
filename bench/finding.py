"""Finding words in a document of 1,000 pages, beside Python's own count of them in the same folded text in memory.

Aim: under 100 ms of processor time with up to 500 hits listed, their snippets and boxes, from a cold start each time.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import django

from bench.measurement import Measurement, side_by_side
from pliego.pdf.source import Source
from pliego.pdf.text import read_pages
from tests import samples

if TYPE_CHECKING:
    from pliego.documents.models import File

PAGES = 1000
ROUNDS = 15
QUERIES = {
    "nothing": "zarzamora",
    "a word of every page": "puerto",
    "a phrase": "el puerto guardaba los barcos",
    "words apart": "barcos puerto",
}


def measure() -> Iterator[Measurement]:
    """Each kind of query, whole words and not."""
    with tempfile.TemporaryDirectory() as name, patch.dict(os.environ, _settings(name)):
        django.setup()
        # Only now are there settings, which these modules read as they are loaded.
        from pliego.documents.findable import chunks  # noqa: PLC0415
        from pliego.documents.finding import find_in  # noqa: PLC0415

        file = _read_book(Path(name))
        folded = [chunk.text for chunk in chunks(file, 1, PAGES)]
        for what, query in QUERIES.items():
            for whole_words in (False, True):
                find = partial(find_in, file, query, whole_words=whole_words)
                count = partial(_count, folded, query)
                found, counted = side_by_side(partial(_timed, find), partial(_timed, count), ROUNDS)
                label = f"{what}{', whole words' if whole_words else ''}, {PAGES} pages (bare count: {counted:.1f} ms)"
                yield Measurement(label, found, "ms", aim=100)


def _settings(folder: str) -> dict[str, str]:
    return {"PLIEGO_DATA": folder, "DJANGO_SETTINGS_MODULE": "pliego.settings"}


def _read_book(folder: Path) -> "File":
    """A book that is read and made ready as the worker does it; it has no row."""
    from pliego.documents.engines import sidecar  # noqa: PLC0415
    from pliego.documents.findable import make_findable  # noqa: PLC0415
    from pliego.documents.models import File, State  # noqa: PLC0415

    pdf = folder / "book.pdf"
    pdf.write_bytes(samples.book(PAGES))
    file = File(sha256="ab" * 32, size=1, pages=PAGES, pages_read=PAGES, text_state=State.DONE)
    with pdf.open("rb") as opened, closing(Source(opened.fileno())) as source:
        for first in range(1, PAGES + 1, 64):
            sidecar(file.sha256).write_chunk(first, read_pages(source, first, first + 63))
    make_findable(file)
    return file


def _count(texts: list[str], word: str) -> int:
    return sum(text.count(word) for text in texts)


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000
