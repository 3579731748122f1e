"""What the worker does for this room."""

from huey import crontab

from pliego.documents.queue import queue
from pliego.moderation import letters, limits


@queue.task()
def send_letters() -> None:
    """Send the letters that wait."""
    letters.send_waiting()


@queue.periodic_task(crontab(minute="*"))
def sweep_letters() -> None:
    """Send what an earlier try has left, and forget who wrote yesterday."""
    letters.send_waiting()
    limits.forget()
