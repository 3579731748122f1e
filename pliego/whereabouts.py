"""What a running site leaves in its data folder for commands of other terminals: that it runs, and where it listens."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def claim(data: Path) -> bool:
    """Say that this process serves the folder, for as long as it lives; False when another one does.

    It may become another program meanwhile (execve): the lock goes with it.
    """
    lock = os.open(_in_run(data, "lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return False
    os.set_inheritable(lock, True)
    return True


@contextmanager
def preparing(data: Path) -> Iterator[None]:
    """Wait until no other process prepares the folder, and keep others waiting."""
    with _in_run(data, "preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def note(data: Path, address: str) -> None:
    """Leave word of where the site listens; the folder is made, for this user only."""
    _in_run(data, "address").write_text(address, encoding="ascii")


def noted(data: Path) -> str:
    """Where the site of this folder listens, or did; "" when none has run."""
    try:
        return (data / "run" / "address").read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def _in_run(data: Path, name: str) -> Path:
    folder = data / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / name
