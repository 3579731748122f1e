"""What the disk refuses, said as an error for people: no room, or files that it or their rights keep from us."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from pliego.errors import DiskFull, StorageFails
from pliego.storage.space import NO_ROOM

_KEPT_FROM_US = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO)
_DATABASE_KEPT_FROM_US = (
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
)
_PRIMARY = 0xFF
"""The part of SQLite's codes that tells the kind of an error; the rest tells it more exactly."""


def refusal(error: BaseException) -> StorageFails | None:
    """The error for people that it is, or comes from; None when it is not the disk's doing."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and (told := _told(cause.errno, NO_ROOM, _KEPT_FROM_US)):
            return told
        if isinstance(cause, sqlite3.Error):
            code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY
            return _told(code, (sqlite3.SQLITE_FULL,), _DATABASE_KEPT_FROM_US)
        cause = cause.__cause__
    return None


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Raise DiskFull or StorageFails in the place of what the disk refuses; every other error passes."""
    try:
        yield
    except OSError as error:
        told = refusal(error)
        if told is None:
            raise
        raise told from error


def _told(code: int | None, no_room: tuple[int, ...], kept_from_us: tuple[int, ...]) -> StorageFails | None:
    if code in no_room:
        return DiskFull()
    return StorageFails() if code in kept_from_us else None
