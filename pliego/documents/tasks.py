"""What intake wakes: a background entry that calls the module that does the work."""

from pliego.documents import processing
from pliego.documents.queue import queue


@queue.task()
def read_file(sha256: str) -> None:
    """Read one file, again at once when its reader died and a try is left."""
    if processing.process(sha256):
        read_file(sha256)
