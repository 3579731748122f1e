"""Reading a short file from beginning to end with one child: to start one takes as long as to read some pages.

Each result is saved as soon as it has come. What does not come is left to the steps of `processing`, one child each:
so a file that ends its reader loses no more than it did before.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from pliego.documents import findable, outlines, reading, scans
from pliego.documents.claims import Claim
from pliego.documents.engines import FACTS_VERSION, TEXT_VERSION, sidecar
from pliego.documents.models import File, State
from pliego.documents.sidecar import CHUNK_PAGES
from pliego.errors import ReaderStopped, UnreadablePdf
from pliego.pdf.reader import Reader, Whole
from pliego.pdf.values import PageText, PdfFacts, Remarks

MOST_PAGES = 8 * CHUNK_PAGES
"""A longer file is read in parts: all pages of a short one are held in memory."""


def read_at_once(file: File, held: Claim, reader: Reader) -> bool:
    """Whether all of a file was read: then the claim is released, too.

    Raise what Reader.whole raises while nothing at all is known of the file.
    """
    if file.facts_state != State.PENDING or file.has_reading_copy:
        return False
    with closing(reader.whole(reading.readable_path(file), reading.FIRST_WIDTH, MOST_PAGES)) as whole:
        facts = whole.facts()
        if facts.repaired:
            return False
        held.save_on(file, **told_facts(facts))
        try:
            _take_picture(file, held, whole)
            if facts.pages > MOST_PAGES:
                return False
            pages: list[PageText] = []
            findable.make_findable(file, _noted(_saved(file, held, whole), pages))
            _conclude(file, held, pages, whole.remarks())
        except (ReaderStopped, UnreadablePdf):
            return False
    return True


def told_facts(facts: PdfFacts) -> dict[str, Any]:
    """The columns of a file that tell its facts."""
    return {
        "facts_state": State.DONE,
        "facts_json": facts.to_json(),
        "facts_version": FACTS_VERSION,
        "pages": facts.pages,
        "problem": "",
    }


def _take_picture(file: File, held: Claim, whole: Whole) -> None:
    drawn = whole.picture()
    reading.keep_picture(file, 1, reading.FIRST_WIDTH, drawn)
    held.save_on(file, pictures_state=State.DONE if drawn else State.PARTIAL)


def _saved(file: File, held: Claim, whole: Whole) -> Iterator[PageText]:
    """Every page, saved chunk by chunk on the way."""
    pages = whole.pages(file.pages)
    for first in range(1, file.pages + 1, CHUNK_PAGES):
        chunk = list(islice(pages, CHUNK_PAGES))
        sidecar(file.sha256).write_chunk(first, chunk)
        if first + len(chunk) <= file.pages:  # the last one is saved with the rest
            held.save_on(file, pages_read=first - 1 + len(chunk))
        yield from chunk


def _noted(pages: Iterator[PageText], seen: list[PageText]) -> Iterator[PageText]:
    """The same pages, kept in a list as they pass by."""
    for page in pages:
        seen.append(page)
        yield page


def _conclude(file: File, held: Claim, pages: list[PageText], remarks: Remarks) -> None:
    outlines.keep_outline(file, remarks.outline, pages)
    recognising = {"scanned": scans.runs_of(remarks.scanned), "ocr_state": State.PENDING, "ocr_pages": 0}
    held.release(
        finished=True,
        tries=0,
        pages_read=file.pages,
        text_state=State.PARTIAL if any(page.problem for page in pages) else State.DONE,
        text_version=TEXT_VERSION,
        subject_told=None,
        guessed_title=remarks.title[:300],
        language=remarks.language[:8],
        **(recognising if remarks.scanned else {}),
    )
