"""The queue that wakes the worker. It may lose a message: the database is the truth about work (see claims.py)."""

from django.conf import settings
from huey import SqliteHuey

settings.DATA.mkdir(parents=True, exist_ok=True)
queue = SqliteHuey("pliego", filename=str(settings.DATA / "queue.sqlite3"), results=False, timeout=10)
