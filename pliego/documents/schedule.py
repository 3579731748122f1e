"""What the worker does by the clock. It also finds what a lost wake-up or a crash left behind."""

from huey import crontab

from pliego.accounts import invitations
from pliego.documents import (
    comparing,
    indexing,
    leaving,
    processing,
    quotas,
    readiness,
    safekeeping,
    sharing,
    statistics,
    subjects,
    trash,
    upkeep,
    uploads,
    views_count,
)
from pliego.documents.queue import queue
from pliego.documents.tasks import heal_index, read_file, recognise_next, retell, wake


@queue.periodic_task(crontab(minute="*"))
def sweep() -> None:
    """Wake the work that nobody does, and tidy up."""
    readiness.keep_reserve()
    asked = {sha256 for task in queue.pending() for sha256 in task.args}
    for sha256 in processing.waiting():
        if sha256 not in asked:
            read_file(sha256)
    recognise_next()
    subjects.tell_untold()
    comparing.tell_untold()
    if not indexing.follow():
        heal_index()
    uploads.expire()
    leaving.empty_closed()
    trash.expire()
    views_count.forget_visitors()
    sharing.forget_guesses()
    upkeep.give_back_memory()


@queue.periodic_task(crontab(minute="*"))
def fold_views() -> None:
    """Count the page views of the last minute."""
    views_count.fold()


@queue.periodic_task(crontab(minute="*"), priority=-3)
def compare_files() -> None:
    """Find what the disk has damaged, a few files each minute."""
    safekeeping.verify_some()


@queue.periodic_task(crontab(minute="41"))
def follow_growth() -> None:
    """Look at a few texts anew every hour, with what a grown archive knows, and let the database know its size."""
    upkeep.know_sizes()
    subjects.tell_again()
    wake(retell)
    indexing.follow()


@queue.periodic_task(crontab(hour="3", minute="17"))
def collect_garbage() -> None:
    """Delete, once a day, what no document uses, old statistics, and text that only files of the index still hold."""
    upkeep.collect_garbage()
    statistics.forget_old()
    quotas.forget()
    invitations.forget()
    indexing.rebuild_after_deletions()
