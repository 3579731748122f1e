"""What intake wakes: a background entry that calls the module that does the work."""

import logging
import sqlite3
from collections.abc import Callable

from pliego.documents import comparing, indexing, processing, recognising, retelling, scans, subjects, upkeep
from pliego.documents.queue import queue

log = logging.getLogger(__name__)


@queue.task()
def read_file(sha256: str) -> None:
    """Read one file, again at once when its reader died and a try is left."""
    if processing.process(sha256):
        read_file(sha256)
    subjects.tell_short(sha256)
    indexing.follow()
    if subjects.tell_untold():
        indexing.follow()
    comparing.tell_untold()
    recognise_next()


@queue.task()
def compare_versions() -> None:
    """Tell what has changed from version to version."""
    comparing.tell_untold()


@queue.task(priority=-1)
def recognise(sha256: str) -> None:
    """Recognise the words of one file's scans, then of the next file that waits."""
    if recognising.recognise(sha256):
        indexing.follow()
        recognise_next()


def recognise_next() -> None:
    """Wake the recognition of the file whose scans have waited longest, where that is possible."""
    if recognising.possible() and (following := scans.waiting()):
        recognise(following[0])


@queue.task(priority=-2)
def retell() -> None:
    """Add to the facts of files that an earlier version has read, a few at a time."""
    if retelling.retell_some():
        retell()


@queue.task()
def index_changes() -> None:
    """Let the search index follow the documents."""
    indexing.follow()


@queue.task()
def heal_index() -> None:
    """Rebuild a search index that is missing, torn or of an older make."""
    indexing.heal()


@queue.task()
def forget(identifier: str) -> None:
    """Take a deleted document out of the search index."""
    indexing.forget(identifier)


@queue.task()
def drop_unused() -> None:
    """Delete what was not to be deleted while a backup was made."""
    upkeep.drop_all_unused()


def wake(task: Callable[..., object], *words: str) -> None:
    """Ask the worker to do this now. When the queue cannot take it, the sweep finds the work within a minute."""
    try:
        task(*words)
    except sqlite3.Error as error:
        log.warning("the worker was not woken: %s", error)
