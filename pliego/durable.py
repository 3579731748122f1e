"""Names and bytes that a power cut does not take back."""

import ctypes
import os
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_disk(folder: int) -> None:
    """Make durable what was written to the file system of an open folder, for a thousand files as fast as for one.

    Raise OSError when some of it was lost since the folder was opened; Linux tells this from 5.8 on.
    """
    if _libc.syncfs(folder):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
