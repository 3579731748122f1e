"""What a disk does to a file after years, or on a day when it is full; and what rights do."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def flip(path: Path, at: int = 3) -> None:
    """Change one byte behind everybody's back; ``at`` as an index of Python."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


@contextmanager
def no_room() -> Iterator[None]:
    """Let no file take anything, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def not_as_root() -> Iterator[None]:
    """Be bound by the rights of files, from which root is free."""
    me = os.geteuid()
    os.seteuid(me or 65534)
    try:
        yield
    finally:
        os.seteuid(me)
