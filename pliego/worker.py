"""The background worker of a site: `python -m pliego.worker`. It loads no command line, which would cost it 9 MB."""

import gc
import signal
import sys

from pliego.starting import set_up, told_in_a_line


def collect_seldom() -> None:
    """Spend less time looking for garbage in a process that reads: a page is thousands of small objects, none in rings.

    At Python's own pace that took a quarter of the worker's time with a book.
    """
    gc.freeze()
    gc.set_threshold(20_000)


def main() -> None:
    """Run until SIGTERM; a file that is being read is taken up again at the next start."""
    with told_in_a_line():
        set_up()
        _work()


def _work() -> None:
    # Models exist only after setup.
    from django.conf import settings  # noqa: PLC0415

    from pliego.documents import processing, tasks  # noqa: PLC0415
    from pliego.documents.engines import reader  # noqa: PLC0415
    from pliego.documents.queue import queue  # noqa: PLC0415
    from pliego.documents.schedule import sweep  # noqa: PLC0415
    from pliego.moderation.tasks import sweep_letters  # noqa: PLC0415
    from pliego.toolbox.tasks import sweep_jobs  # noqa: PLC0415

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    reader().ready(timeout=10)  # the parser process starts at the same moment
    tasks.heal_index()
    processing.reread_outdated()
    tasks.wake(tasks.retell)
    sweep.call_local()
    sweep_letters.call_local()
    sweep_jobs.call_local()
    collect_seldom()
    consumer = queue.create_consumer(
        workers=settings.READING_THREADS + 1,  # one more, for scans
        worker_type="thread",
        initial_delay=0.05,
        backoff=1.2,
        max_delay=0.13,
    )
    consumer.run()


if __name__ == "__main__":
    main()
