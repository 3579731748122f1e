"""Room on the disk: the floor under which uploads are refused, and a reserve for the work that must go on.

Reading, login, deleting and takedown write a little to the database even on a full disk. The reserve file holds that
little: it is made while there is room and given back when the disk has run full.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path

from pliego.errors import DiskFull

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def free_bytes(path: Path) -> int:
    """Bytes that an ordinary user may still write on the file system of ``path``, which must exist."""
    disk = os.statvfs(path)
    return disk.f_bavail * disk.f_frsize


def require_room(path: Path, floor: int, wanted: int = 0) -> None:
    """Raise DiskFull when fewer than ``floor`` bytes would be free after ``wanted`` more were written."""
    if free_bytes(path) - wanted < floor:
        raise DiskFull


class Reserve:
    """A file of ``size`` bytes that can be given up when the disk is full."""

    def __init__(self, path: Path, size: int) -> None:
        self.path = path
        self.size = size

    def hold(self, floor: int = 0) -> bool:
        """Make the file if ``floor`` bytes stay free beside it. True when the reserve is there afterwards."""
        if self.held():
            return True
        if free_bytes(self.path.parent) - self.size < floor:
            return False
        fd = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(fd, 0, self.size)
        except OSError as error:
            self.release()
            if error.errno in NO_ROOM:
                return False
            raise
        finally:
            os.close(fd)
        return True

    def held(self) -> bool:
        """Whether the whole reserve is there."""
        return self.path.exists() and self.path.stat().st_size >= self.size

    def release(self) -> None:
        """Give the room back; no error when it was given back already, or the disk takes nothing at all."""
        with suppress(OSError):
            self.path.unlink()
