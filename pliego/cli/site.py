"""The parts of a running site that `pliego serve` starts: preparing the data folder, and the worker."""

import gc
import signal
import sys

from django.conf import settings
from django.core.management import call_command

from pliego.documents import processing, readiness, samples, tasks
from pliego.documents.engines import reader
from pliego.documents.queue import queue
from pliego.documents.schedule import sweep
from pliego.moderation.tasks import sweep_letters
from pliego.toolbox.tasks import sweep_jobs


def prepare() -> None:
    """Make or bring up to date what the data folder holds: database, static files, the reserve, samples if wished."""
    (settings.DATA / "run").mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.EMAIL_FILE_PATH.mkdir(mode=0o700, exist_ok=True)
    if readiness.needs_migration():
        call_command("migrate", verbosity=0, interactive=False)
    if readiness.needs_static_files():
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        readiness.static_files_done()
    readiness.keep_reserve()
    if settings.SAMPLES:
        samples.share()


def collect_seldom() -> None:
    """Spend less time looking for garbage in a process that reads: a page is thousands of small objects, none in rings.

    At Python's own pace that took a quarter of the worker's time with a book.
    """
    gc.freeze()
    gc.set_threshold(20_000)


def work() -> None:
    """Run the background worker until SIGTERM; a file that is being read is taken up again at the next start."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    reader().ready(timeout=10)  # the parser process starts at the same moment
    tasks.heal_index()
    processing.reread_outdated()
    sweep.call_local()
    sweep_letters.call_local()
    sweep_jobs.call_local()
    collect_seldom()
    consumer = queue.create_consumer(
        workers=settings.READING_THREADS + 1,  # one more, for scans
        worker_type="thread",
        initial_delay=0.05,
        backoff=1.2,
        max_delay=0.1,
    )
    consumer.run()
