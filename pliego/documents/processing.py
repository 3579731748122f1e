"""Reading a file in the background: a list of steps from top to bottom, each of which saves its own result.

A late failure keeps the early steps. What people see is a state per capability (facts, pictures, text), never one
"valid" flag.
"""

import logging
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from itertools import islice

from django.utils import timezone

from pliego.documents import findable, outlines, readiness, reading, scans, upkeep
from pliego.documents.at_once import read_at_once, told_facts
from pliego.documents.claims import Claim, claim
from pliego.documents.engines import TEXT_VERSION, blobs, derived, reader, sidecar
from pliego.documents.leases import LostLease
from pliego.documents.models import File, State
from pliego.documents.sidecar import CHUNK_PAGES
from pliego.errors import (
    DiskFull,
    NeedsPassword,
    NoPages,
    NotAPdf,
    NotFound,
    PliegoError,
    ReaderBusy,
    ReaderStopped,
    StorageFails,
    UnreadablePdf,
)
from pliego.pdf.beginning import PAGES, beginning
from pliego.pdf.title import clean_title
from pliego.pdf.values import PageText, PdfFacts
from pliego.storage.refusal import refusals_in_words

log = logging.getLogger(__name__)

PARSER_STARTS_WITHIN = 10.0
"""Seconds that a worker waits for a parser process that does not answer."""
MAX_STOPS = 5
"""After so many pages that end their reader, the rest of the text is given up."""
READ_AT_ONCE = 16 * CHUNK_PAGES
"""Pages asked of one reader: to open a long document takes as long as to read dozens of its pages."""


def waiting() -> list[str]:
    """Checksums of files with work left that nobody holds."""
    return list(File.objects.waiting(timezone.now()).values_list("sha256", flat=True)[:1000])


def reread_outdated() -> int:
    """Put back the files whose text an older extractor has read; return their number."""
    old = File.objects.filter(finished=True, text_state__in=(State.DONE, State.PARTIAL))
    return old.exclude(text_version=TEXT_VERSION).update(finished=False, tries=0, text_state=State.PENDING)


def reread_all() -> int:
    """Put every file back to be read from the beginning; return their number."""
    return File.objects.put_back()


def process(sha256: str) -> bool:
    """Read a file as far as it goes. True when it should be tried again at once: its reader died, or was just started.

    What cannot be read now for another reason is left to the sweep.
    """
    if not readiness.make_room():  # what could not be kept would count as a try
        log.warning("file %.12s: not read now (%s)", sha256, DiskFull.code)
        return False
    held = claim(sha256)
    if held is None:
        return False
    try:
        with refusals_in_words():
            return _process(File.objects.get(pk=sha256), held)
    except (LostLease, FileNotFoundError, NotFound):
        upkeep.drop_derived_of_gone(sha256)
        log.info("file %.12s: taken over by another worker, or its bytes are gone", sha256)
    except (ReaderBusy, StorageFails) as error:
        with suppress(LostLease):  # deleted meanwhile
            held.put_back()
        log.warning("file %.12s: not read now (%s)", sha256, error.code)
        return isinstance(error, ReaderBusy) and reader().ready(PARSER_STARTS_WITHIN)
    return False


def _process(file: File, held: Claim) -> bool:
    if file.tries > File.MAX_TRIES:  # the worker itself died each time
        _give_up(file, held, ReaderStopped.code)
        return False
    try:
        if _read_at_once(file, held):
            return False
        for step in (read_facts, draw_first_picture, read_text, tell_language, find_scans, prepare_reading):
            step(file, held)
            if file.finished:
                return False
    except ReaderStopped as error:
        return _give_up_or_retry(file, held, error)
    held.release(finished=True, tries=0)
    return False


def _read_at_once(file: File, held: Claim) -> bool:
    """Whether one child could read it all; why it could not is for the steps to find out."""
    try:
        return read_at_once(file, held, reader())
    except (NeedsPassword, NotAPdf, UnreadablePdf):
        return False


def _give_up_or_retry(file: File, held: Claim, error: ReaderStopped) -> bool:
    """After the third death in a row nothing more is tried; what was read before stays."""
    file.refresh_from_db(fields=["tries"])
    log.warning("file %.12s: the reader was ended (%s), try %d", file.sha256, error.reason, file.tries)
    if file.tries < File.MAX_TRIES:
        held.release()
        return True
    _give_up(file, held, error.code)
    return False


def _give_up(file: File, held: Claim, problem: str) -> None:
    pending = [name for name in ("facts_state", "pictures_state", "text_state") if getattr(file, name) == State.PENDING]
    held.release(finished=True, problem=problem, tries=0, **dict.fromkeys(pending, State.FAILED))


def _finish(file: File, held: Claim, error: PliegoError, state: State) -> None:
    """End the work with a state for everything that was still open."""
    held.release(finished=True, problem=error.code, tries=0, facts_state=state, pictures_state=state, text_state=state)
    file.finished = True


def read_facts(file: File, held: Claim) -> None:
    """Version, pages, title and the rest; a damaged file is first repaired into its reading copy."""
    if file.facts_state == State.DONE:
        return
    try:
        facts = _facts_or_repair(file, held)
    except NeedsPassword as error:
        held.save(needs_password=True)
        _finish(file, held, error, State.LOCKED)
    except (UnreadablePdf, NotAPdf) as error:
        _finish(file, held, error, State.FAILED)
    else:
        held.save_on(file, **told_facts(facts))


def _facts_or_repair(file: File, held: Claim) -> PdfFacts:
    try:
        facts = reader().facts(reading.readable_path(file))
    except NoPages:
        raise
    except UnreadablePdf:
        if file.has_reading_copy:
            raise
        return _repaired(file, held)
    if not facts.repaired or file.has_reading_copy:
        return facts
    try:
        return _repaired(file, held)
    except UnreadablePdf:
        return facts  # the one engine that could open it has to do


def _repaired(file: File, held: Claim) -> PdfFacts:
    """The facts of what could be recovered; all later reading uses the copy."""
    make_reading_copy(file)
    facts = reader().facts(derived().path(file.sha256, reading.READING_COPY))
    held.save_on(file, has_reading_copy=True)
    return replace(facts, repaired=True)


def make_reading_copy(file: File, password: str = "") -> None:
    """Write the decrypted or repaired copy that all later reading uses; the stored original stays as it is.

    Raise WrongPassword or UnreadablePdf when there is no way in.
    """
    with derived().writing(file.sha256, reading.READING_COPY) as path:
        reader().reading_copy(blobs().path(file.sha256), path, password)


def unlock(file: File, password: str) -> None:
    """Open an encrypted file with its password and put it back to be read. The password is kept nowhere.

    Raise WrongPassword when it does not fit; nothing changes then. A file that another owner has opened before is
    only checked against the password.
    """
    make_reading_copy(file, password)
    File.objects.filter(pk=file.pk, facts_state=State.LOCKED).update(
        has_reading_copy=True,
        finished=False,
        problem="",
        tries=0,
        facts_state=State.PENDING,
        pictures_state=State.PENDING,
        text_state=State.PENDING,
    )


def draw_first_picture(file: File, held: Claim) -> None:
    """The picture that lists and the page begin with; every other is drawn when it is asked for."""
    if file.pictures_state != State.PENDING:
        return
    try:
        reading.picture(file, 1, reading.FIRST_WIDTH)
    except (ReaderStopped, UnreadablePdf):
        held.save_on(file, pictures_state=State.PARTIAL)
    else:
        held.save_on(file, pictures_state=State.DONE)


def read_text(file: File, held: Claim) -> None:
    """The words of every page, a chunk at a time, so that a crash costs one chunk."""
    if file.text_state != State.PENDING:
        return
    text = sidecar(file.sha256)
    done = text.chunks()
    first, problems = 1, False
    while first in done:  # by a worker that was stopped; no progress of this one, so its try still counts
        problems |= any(page.problem for page in text.pages(first, first + CHUNK_PAGES - 1))
        first += CHUNK_PAGES
    for pages in _read_chunks(file, first, file.readable_pages):
        problems |= any(page.problem for page in pages)
        text.write_chunk(first, pages)
        first += CHUNK_PAGES
        held.save_on(file, pages_read=min(first - 1, file.readable_pages))
    state = State.PARTIAL if problems else State.DONE
    held.save_on(file, pages_read=file.readable_pages, text_state=state, text_version=TEXT_VERSION, subject_told=None)


class _StopBudget:
    """How many more times the reader may die over one file."""

    def __init__(self) -> None:
        self.spent = 0

    @property
    def left(self) -> bool:
        return self.spent < MAX_STOPS


def _read_chunks(file: File, first: int, last: int) -> Iterator[list[PageText]]:
    """The pages chunk by chunk, several chunks from one reader; those of a chunk that ends its reader one by one."""
    budget = _StopBudget()
    while first <= last:
        begun = first
        try:
            for pages in _chunks_at_once(file, first, min(first + READ_AT_ONCE - 1, last)):
                yield pages
                first += CHUNK_PAGES
        except (ReaderStopped, UnreadablePdf) as error:
            if first > begun:  # perhaps it was only too much at once: a new reader begins with this chunk
                continue
            if isinstance(error, ReaderStopped):
                budget.spent += 1
            end = min(first + CHUNK_PAGES - 1, last)
            yield [_read_page(file, number, budget) for number in range(first, end + 1)]
            first += CHUNK_PAGES


def _chunks_at_once(file: File, first: int, last: int) -> Iterator[list[PageText]]:
    with closing(reader().text(reading.readable_path(file), first, last)) as pages:
        for start in range(first, last + 1, CHUNK_PAGES):
            yield list(islice(pages, min(CHUNK_PAGES, last + 1 - start)))


def _read_page(file: File, number: int, budget: _StopBudget) -> PageText:
    width, height = file.page_size(number)
    if not budget.left:
        return PageText(number, width, height, problem=ReaderStopped.code)
    try:
        return next(iter(reader().text(reading.readable_path(file), number, number)))
    except ReaderStopped as error:
        budget.spent += 1
        return PageText(number, width, height, problem=error.code)
    except UnreadablePdf as error:
        return PageText(number, width, height, problem=error.code)


def tell_language(file: File, held: Claim) -> None:
    """The language of the text, and a title from the first page where the PDF itself gives none."""
    text = sidecar(file.sha256)
    first = text.page(1)
    guessed = reader().guess_title(first) if first and not clean_title(file.facts_json.get("title", "")) else ""
    sample = beginning(text.pages(1, min(file.readable_pages, PAGES)))
    held.save_on(file, guessed_title=guessed[:300], language=reader().language(sample)[:8] if sample else "")


def find_scans(file: File, held: Claim) -> None:
    """Pages that are pictures without words; recognising these is work for later (see recognising.py)."""
    if found := scans.find_scanned(file):
        held.save_on(file, scanned=scans.runs_of(found), ocr_state=State.PENDING, ocr_pages=0)


def prepare_reading(file: File, held: Claim) -> None:
    """What a reader of the whole document needs: its outline, and its text made ready for finding."""
    outlines.make_outline(file)
    findable.make_findable(file)
    held.save()
