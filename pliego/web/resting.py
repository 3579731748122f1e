"""Gives back, each minute, the memory that requests have needed and that glibc would keep: a flood of questions about a
file with millions of letters leaves hundreds of megabytes."""

import threading

from pliego import memory

EVERY = 60.0


def watch() -> None:
    """Give it back from now on, in a thread that ends with the process."""
    threading.Thread(target=_watch, name="resting", daemon=True).start()


def _watch() -> None:
    pause = threading.Event()
    while not pause.wait(EVERY):
        memory.trim()
