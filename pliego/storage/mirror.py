"""Copies of files, perhaps on another disk: each is there as a whole, or not at all."""

import errno
import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from secrets import token_hex
from typing import Self

from pliego.durable import sync_disk
from pliego.storage.refusal import refusals_in_words

_BLOCK = 1 << 20
_COARSEST = 2.0
"""Seconds: no file system that disks come with keeps times less exactly."""
FILES = 500
SIZE = 64 << 20
"""So many files, or bytes of them, are synced together."""


def below(root: Path, without: Collection[str] = (), *, links: bool = True) -> Iterator[tuple[str, os.stat_result]]:
    """Each file of a folder, by its path from there on, but for files and folders ``without`` names in the same way.

    Symbolic links count as what they lead to, or not at all.
    """
    for folder, folders, names in os.walk(root, followlinks=links):
        inner = os.path.relpath(folder, root)
        prefix = "" if inner == "." else f"{inner}/"
        folders[:] = sorted(name for name in folders if f"{prefix}{name}" not in without)
        for name in sorted(names):
            path = Path(folder, name)
            found = stat_of(path) if links or not path.is_symlink() else None
            if found and f"{prefix}{name}" not in without:
                yield f"{prefix}{name}", found


def stat_of(path: Path) -> os.stat_result | None:
    """What is known of a file; None when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def unchanged(source: os.stat_result, target: Path) -> bool:
    """Whether a copy that was made before is as long and as old as its source."""
    found = stat_of(target)
    return found is not None and found.st_size == source.st_size and abs(found.st_mtime - source.st_mtime) < _COARSEST


def copy(source: Path, target: Path, unfinished: Path, key: str = "") -> bool:
    """Put a copy in its place, with its time and rights; it is written in the folder ``unfinished`` first.

    False, and nothing is changed, when the source is gone, cannot be read, or has another checksum than ``key``. It is
    not synced: a power cut may leave a copy that only looks whole. Raise DiskFull.
    """
    made = unfinished / token_hex(16)
    try:
        with refusals_in_words():
            if not _made(source, made, key):
                return False
            _make_folder(source, target)
            made.replace(target)
    finally:
        made.unlink(missing_ok=True)
    return True


class Together:
    """Copies that are put in their places many at once, when all of them are synced: each by itself takes far longer.

    A power cut leaves each whole in its place, or not there.
    """

    def __init__(self, unfinished: Path) -> None:
        self._unfinished = unfinished
        self._places: dict[Path, Path] = {}
        self._size = 0

    def __enter__(self) -> Self:
        self._disk = os.open(self._unfinished, os.O_RDONLY | os.O_DIRECTORY)
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        try:
            if not failed:
                self._place()
        finally:
            os.close(self._disk)
            for made in self._places:
                made.unlink(missing_ok=True)

    def copy(self, source: Path, target: Path, key: str) -> bool:
        """As `copy`, but that it stands in its place only later, at the latest at the end."""
        made = self._unfinished / token_hex(16)
        self._places[made] = target
        with refusals_in_words():
            if not _made(source, made, key):
                del self._places[made]
                made.unlink(missing_ok=True)
                return False
            _make_folder(source, target)
        self._size += made.stat().st_size
        if len(self._places) >= FILES or self._size >= SIZE:
            self._place()
        return True

    def _place(self) -> None:
        with refusals_in_words():
            sync_disk(self._disk)
            for made, target in self._places.items():
                made.replace(target)
        self._places.clear()
        self._size = 0


def checksum(path: Path) -> str | None:
    """SHA-256 of a file, in hex; None when it cannot be read."""
    digest = hashlib.sha256()
    for block in _blocks(path):
        if block is None:
            return None
        digest.update(block)
    return digest.hexdigest()


def _made(source: Path, made: Path, key: str) -> bool:
    """Whether a file could be copied that has this checksum, or any."""
    found = stat_of(source)
    digest = _write(source, found, made) if found else None
    return digest is not None and key in ("", digest)


def _make_folder(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=stat.S_IMODE(source.parent.stat().st_mode), parents=True, exist_ok=True)


def _write(source: Path, found: os.stat_result, made: Path) -> str | None:
    """Copy the bytes and give their checksum, None when they cannot be read to the end."""
    digest = hashlib.sha256()
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IMODE(found.st_mode))
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        for block in _blocks(source):
            if block is None:
                return None
            digest.update(block)
            left = block
            while left:
                left = left[file.write(left) :]
        os.utime(descriptor, ns=(found.st_mtime_ns, found.st_mtime_ns))
    return digest.hexdigest()


def _blocks(source: Path) -> Iterator[memoryview | None]:
    """The bytes of a file, and None where it is gone or cannot be read."""
    try:
        with source.open("rb", buffering=0) as file:
            while block := file.read(_BLOCK):
                yield memoryview(block)
    except FileNotFoundError:
        yield None
    except OSError as error:
        if error.errno not in (errno.EIO, errno.EACCES):
            raise
        yield None
