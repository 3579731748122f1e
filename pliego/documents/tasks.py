"""Background entries, three lines each: they call the modules that do the work."""

from huey import crontab

from pliego.documents import processing, upkeep, views_count
from pliego.documents.queue import queue


@queue.task()
def read_file(sha256: str) -> None:
    """Read one file, again at once when its reader died and a try is left."""
    if processing.process(sha256):
        read_file(sha256)


@queue.periodic_task(crontab(minute="*"))
def sweep() -> None:
    """Wake the work that a crash left behind, and tidy up."""
    for sha256 in processing.waiting():
        read_file(sha256)
    upkeep.tidy()


@queue.periodic_task(crontab(minute="*"))
def fold_views() -> None:
    """Count the page views of the last minute."""
    views_count.fold()
