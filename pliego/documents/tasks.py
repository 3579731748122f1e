"""What intake wakes: a background entry that calls the module that does the work."""

import logging
import sqlite3

from pliego.documents import processing
from pliego.documents.queue import queue

log = logging.getLogger(__name__)


@queue.task()
def read_file(sha256: str) -> None:
    """Read one file, again at once when its reader died and a try is left."""
    if processing.process(sha256):
        read_file(sha256)


def wake(sha256: str) -> None:
    """Ask the worker to read a file now. When the queue cannot take it, the sweep finds the file within a minute."""
    try:
        read_file(sha256)
    except sqlite3.Error as error:
        log.warning("the worker was not woken: %s", error)
