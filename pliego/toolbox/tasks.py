"""What wakes the jobs of the toolbox: three-line entries that call the modules that do the work."""

from huey import crontab

from pliego.documents.queue import queue
from pliego.toolbox import running, upkeep


@queue.task(priority=1)
def run_job(identifier: str) -> None:
    """Do one job, then the next that waits.

    Somebody waits for it: it goes before the reading of files, of which there may be thousands, and to which `running`
    leaves threads of their own.
    """
    if running.run(identifier) and (following := running.waiting()):
        run_job(following[0])


@queue.periodic_task(crontab(minute="*"))
def sweep_jobs() -> None:
    """Wake the jobs that nobody does, and forget those whose time is over."""
    asked = {identifier for task in queue.pending() for identifier in task.args}
    for identifier in running.waiting():
        if identifier not in asked:
            run_job(identifier)
    upkeep.expire()
