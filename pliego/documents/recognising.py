"""Recognising the words of scanned pages, after everything else and only when a program for it is installed.

The words become the text of their pages like any others: they can be selected on the picture, found, read and exported.
The stored PDF stays as it is. Work is saved every few pages, so that a crash costs no more than those.
"""

import logging
import threading
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from pliego.documents import processing, scans
from pliego.documents.claims import Claim, claim_scan
from pliego.documents.engines import reader, sidecar
from pliego.documents.leases import LostLease
from pliego.documents.models import File, State
from pliego.documents.reading import readable_path
from pliego.documents.sidecar import CHUNK_PAGES, first_of
from pliego.errors import NotFound, ReaderBusy, ReaderStopped, StorageFails, UnreadablePdf
from pliego.pdf import recognition
from pliego.pdf.layout import with_paragraphs
from pliego.pdf.recognition import Found
from pliego.pdf.values import Extent, PageText

log = logging.getLogger(__name__)

SAVED_EVERY = 8
"""Pages between one saving and the next, some half minute of work."""
_one_at_a_time = threading.Lock()
"""Recognition takes all of a processor: one file at a time, whatever comes in."""


def possible() -> bool:
    """Whether a program for recognition is installed."""
    return bool(recognition.installed())


def recognise(sha256: str) -> bool:
    """Recognise what is left of a file's scans; True when they are done. Nothing happens while another file's are."""
    if not possible() or not _one_at_a_time.acquire(blocking=False):
        return False
    try:
        held = claim_scan(sha256)
        return held is not None and _recognise(File.objects.get(pk=sha256), held)
    except (LostLease, FileNotFoundError, NotFound, File.DoesNotExist):
        log.info("file %.12s: its scans are taken over, or it is gone", sha256)
        return False
    finally:
        _one_at_a_time.release()


def _recognise(file: File, held: Claim) -> bool:
    if file.tries > File.MAX_TRIES:  # the worker itself died each time
        held.release(ocr_state=State.FAILED, tries=0)
        return True
    try:
        failed = _all_pages(file, held)
        processing.tell_language(file, held)
        processing.prepare_reading(file, held)
    except (ReaderBusy, StorageFails) as error:
        with suppress(LostLease):  # deleted meanwhile
            held.put_back()
        log.warning("file %.12s: its scans are not recognised now (%s)", file.sha256, error.code)
        return False
    except ReaderStopped:
        failed = True  # of the steps after: the words themselves are saved
    held.release(ocr_state=State.PARTIAL if failed else State.DONE, tries=0, subject_told=None)
    return True


def _all_pages(file: File, held: Claim) -> bool:
    """Recognise and save page after page; True when some of them could not be done."""
    left = islice(scans.pages_of(file.scanned), file.ocr_pages, None)
    failed, found = False, dict[int, list[Found]]()
    for number in left:
        held.keep()
        if found and (len(found) >= SAVED_EVERY or first_of(number) != first_of(min(found))):
            _save(file, held, found)
            found = {}
        try:
            found[number] = _page(file, number, held)
        except (ReaderStopped, UnreadablePdf) as error:
            log.info("file %.12s: page %d is not recognised (%s)", file.sha256, number, error.code)
            failed, found[number] = True, []
    if found:
        _save(file, held, found)
    return failed


def _page(file: File, number: int, held: Claim) -> list[Found]:
    width, height = file.page_size(number)
    picture, _ = reader().scan(readable_path(file), number)
    return recognition.recognise(picture, width, height, file.language, held.keep)


def _save(file: File, held: Claim, found: dict[int, list[Found]]) -> None:
    """Put the lines into the text of their pages, all of one chunk, and note how far the work has come."""
    text = sidecar(file.sha256)
    first = first_of(min(found))
    pages = text.pages(first, first + CHUNK_PAGES - 1)
    text.write_chunk(first, with_paragraphs(_with_lines(page, found.get(page.number, [])) for page in pages))
    file.ocr_pages += len(found)
    if not file.language:
        processing.tell_language(file, held)  # one language is recognised faster and better than five
    held.save(ocr_pages=file.ocr_pages)


def _with_lines(page: PageText, found: list[Found]) -> PageText:
    if not page.is_bare:  # it was saved by a worker that ended before it could note it
        return page
    places: list[list[Extent]] = [[] for _ in page.lines] + [each.places for each in found]
    return replace(page, lines=[*page.lines, *(each.line for each in found)], places=places if found else [])
