"""Blobs as plain files: ``root/ab/cd/abcd…``, unfinished ones in ``root/incoming``, damaged ones in ``root/damaged``.

Order of durability: the bytes are synced, the name is made, then the folders that lead to the name are synced. Only
after that is a blob acknowledged. A name is made by a hard link: of two that bring the same bytes at the same moment
one makes the name and both succeed. Who comes later takes the place of what is there: the same bytes, checked just now,
while those of long ago may have been damaged since.
"""

import errno
import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from secrets import token_hex
from typing import Self

from pliego.durable import sync_folder
from pliego.storage.blobs import Head, Stored, checked_key
from pliego.storage.following import Follower
from pliego.storage.refusal import refusals_in_words

_FILE_MODE = 0o440
"""Nobody changes a blob; a web server in the same group may read it."""
_FOLDER_MODE = 0o750
_READ = 1 << 20
"""Bytes read at a time where all are read."""


class Condition(Enum):
    """How a blob was found."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    MISSING = "missing"
    CLOSED = "unreadable"
    """Its rights keep the site from it, which says nothing of its bytes."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of reading a blob. ``mark`` tells the file that was read from another of its name, None of no file."""

    condition: Condition
    mark: tuple[int, int] | None


class LocalBlobs:
    """A blob store in a folder of one file system. Storing the same bytes twice keeps one copy.

    Raise ValueError for a text that is no key.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / "incoming"
        self._damaged = root / "damaged"
        for folder in (self.incoming, self._damaged):  # by the site itself, not by a command that root has called
            folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)

    def receive(self) -> "LocalIncoming":
        """Begin a new blob."""
        return LocalIncoming(self)

    def adopt(self, path: Path, key: str = "") -> Stored:
        """Store a complete file of the same file system; ``key`` is its checksum if the caller knows it already.

        The file stays, as a second name of the blob: never write to it.
        """
        with path.open("rb") as file:
            key = key or hashlib.file_digest(file, "sha256").hexdigest()
            size = os.fstat(file.fileno()).st_size
            with refusals_in_words():
                os.fchmod(file.fileno(), _FILE_MODE)
                os.fsync(file.fileno())
        return Stored(key, size, self.publish(path, key))

    def publish(self, path: Path, key: str) -> bool:
        """Give a synced file its name, durably. False when the name was there. For LocalIncoming and adopt only."""
        target = self.path(key)
        with refusals_in_words():
            target.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            created = _link(path, target)
            if not created:
                self._take_place(path, target)
            # All three each time: another process may have made a folder a moment ago and not synced it yet.
            for folder in (target.parent, target.parent.parent, self.root):
                sync_folder(folder)
        (self._damaged / key).unlink(missing_ok=True)
        return created

    def _take_place(self, path: Path, target: Path) -> None:
        beside = self.incoming / token_hex(16)
        os.link(path, beside)
        try:
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)  # it stays when both are names of one file

    def path(self, key: str) -> Path:
        """Where the blob is or would be."""
        checked_key(key)
        return self.root / f"{key[:2]}/{key[2:4]}/{key}"

    def head(self, key: str) -> Head | None:
        """None when the blob is not there."""
        try:
            stat = self.path(key).stat()
        except FileNotFoundError:
            return None
        return Head(stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC))

    def delete(self, key: str) -> bool:
        """Remove the blob, durably, and what was set aside of it. False when it was not there."""
        path = self.path(key)
        (self._damaged / key).unlink(missing_ok=True)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True

    def list(self) -> Iterator[str]:
        """Every key, in no promised order."""
        return (path.name for path in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"))

    def examine(self, key: str, advance: Callable[[int], object] = lambda _: None) -> Examined:
        """Read a blob from the disk and compare it with its checksum; ``advance`` is told how many bytes were read.

        One that was set aside is damaged, as is one that the disk cannot give.
        """
        try:
            with self.path(key).open("rb", buffering=0) as file:
                stat = os.fstat(file.fileno())
                condition = Condition.WHOLE if _digest(file.fileno(), advance) == key else Condition.DAMAGED
                return Examined(condition, (stat.st_ino, stat.st_mtime_ns))
        except FileNotFoundError:
            aside = (self._damaged / key).exists()
            return Examined(Condition.DAMAGED if aside else Condition.MISSING, None)
        except PermissionError:
            return Examined(Condition.CLOSED, None)

    def set_aside(self, key: str, found: Examined) -> bool:
        """Keep a damaged blob where nobody is given it. False, and nothing is done, when it is not as it was found.

        Nobody may publish or delete it meanwhile.
        """
        path = self.path(key)
        try:
            stat = path.stat()
        except FileNotFoundError:
            return found.mark is None
        if found.mark != (stat.st_ino, stat.st_mtime_ns):
            return False
        self._damaged.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        path.replace(self._damaged / key)
        for folder in (path.parent, self._damaged, self.root):
            sync_folder(folder)
        return True

    @contextmanager
    def holding_deletions(self) -> Iterator[None]:
        """Let all processes know that no blob is to be deleted now (see deletions_held), at most until this one ends.

        Raise BlockingIOError when another is at it.
        """
        with self._locked(fcntl.LOCK_EX):
            yield

    def deletions_held(self) -> bool:
        """Whether nobody is to delete a blob now."""
        try:
            with self._locked(fcntl.LOCK_SH):
                return False
        except BlockingIOError:
            return True

    @contextmanager
    def _locked(self, kind: int) -> Iterator[None]:
        descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
            yield
        finally:
            os.close(descriptor)

    def sweep(self, older_than: float) -> int:
        """Remove what was left unfinished and has not grown for ``older_than`` seconds; give the number.

        What was set aside and is back by somebody's hand is removed, too.
        """
        for path in self._damaged.glob("*"):
            if Path(self.root, path.name[:2], path.name[2:4], path.name).exists():
                path.unlink(missing_ok=True)
        return sweep_folder(self.incoming, older_than)


class LocalIncoming:
    """A file in the incoming folder, hashed while it grows; a ``with`` block aborts it unless it was committed."""

    def __init__(self, blobs: LocalBlobs) -> None:
        self._blobs = blobs
        self.path = blobs.incoming / token_hex(16)
        self._key = ""
        self.size = 0
        with refusals_in_words():
            self._file = self.path.open("x+b", buffering=0)
        self._follower = Follower(self._file.fileno())

    def write(self, chunk: bytes | memoryview) -> None:
        """Append. Raise DiskFull when there is no room and ValueError after seal or abort."""
        left = memoryview(chunk)
        with refusals_in_words():
            while left:
                left = left[self._file.write(left) :]
        self.size += len(chunk)
        self._follower.grown(self.size)

    def seal(self) -> str:
        """Make the bytes durable and give their key; no write may follow. Costs the wait for the disk."""
        if not self._key:
            with refusals_in_words():
                os.fchmod(self._file.fileno(), _FILE_MODE)
                os.fsync(self._file.fileno())
            self._key = self._follower.digest()
            self._close()
        return self._key

    def commit(self) -> Stored:
        """Seal, then publish under the key, durably. After this returns a power cut loses nothing."""
        key = self.seal()
        created = self._blobs.publish(self.path, key)
        self.abort()
        return Stored(key, self.size, created)

    def abort(self) -> None:
        """Forget the bytes. Nothing happens after a commit."""
        self._close()
        self.path.unlink(missing_ok=True)

    def _close(self) -> None:
        self._follower.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.abort()


def sweep_folder(folder: Path, older_than: float) -> int:
    """Remove the files of a folder unchanged for ``older_than`` seconds; give the number."""
    limit = time.time() - older_than
    swept = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < limit:
                    Path(entry).unlink()
                    swept += 1
            except FileNotFoundError:
                continue  # finished or swept by somebody else meanwhile
    return swept


def _link(path: Path, target: Path) -> bool:
    """Make a second name; False when the name is taken."""
    try:
        os.link(path, target)
    except FileExistsError:
        return False
    return True


def _digest(descriptor: int, advance: Callable[[int], object]) -> str | None:
    """The checksum of a file as it is on the disk, not in memory; None where the disk cannot give it."""
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    digest, buffer = hashlib.sha256(), memoryview(bytearray(_READ))
    try:
        while read := os.readv(descriptor, [buffer]):
            digest.update(buffer[:read])
            advance(read)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return None
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()
