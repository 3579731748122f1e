"""The queue that wakes the worker. It may lose a message: the database is the truth about work (see claims.py)."""

import logging
import sqlite3
import time

from django.conf import settings
from huey import Huey
from huey.storage import SqliteStorage

from pliego.storage.refusal import refusal

log = logging.getLogger(__name__)

REST = 30.0
"""Seconds that a thread of the worker waits where the disk refuses what it asks: it would ask ten times a second."""


class _Patient(SqliteStorage):  # type: ignore[misc]  # huey has no types
    def dequeue(self) -> bytes | None:
        """The next message, None when there is none, or none can be had."""
        try:
            message: bytes | None = super().dequeue()
        except sqlite3.Error as error:
            if not refusal(error):
                raise
            log.warning("the worker waits for its queue: %s", error)
            time.sleep(REST)
            return None
        return message


settings.DATA.mkdir(parents=True, exist_ok=True)
queue = Huey("pliego", storage_class=_Patient, filename=str(settings.DATA / "queue.sqlite3"), results=False, timeout=10)
