"""Blobs as plain files: ``root/ab/cd/abcd…``, and unfinished ones in ``root/incoming``.

Order of durability: the bytes are synced, the name is made, then the folders that lead to the name are synced. Only
after that is a blob acknowledged. A name is made by a hard link, which never replaces: of two that bring the same
bytes at the same moment one makes the name and both succeed.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Self

from pliego.storage.blobs import BLOCK, Head, Stored, checked_key
from pliego.storage.following import Follower
from pliego.storage.space import no_room_is_disk_full

_FILE_MODE = 0o440
"""Nobody changes a blob; a web server in the same group may read it."""
_FOLDER_MODE = 0o750


class LocalBlobs:
    """A blob store in a folder of one file system."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / "incoming"
        self.incoming.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)

    def receive(self) -> "LocalIncoming":
        """Begin a new blob."""
        return LocalIncoming(self)

    def adopt(self, path: Path, key: str = "") -> Stored:
        """Store a complete file of the same file system. It stays, as a second name of the blob: never write to it."""
        with path.open("rb") as file:
            key = key or hashlib.file_digest(file, "sha256").hexdigest()
            size = os.fstat(file.fileno()).st_size
            with no_room_is_disk_full():
                os.fchmod(file.fileno(), _FILE_MODE)
                os.fsync(file.fileno())
        return Stored(key, size, self.publish(path, key))

    def publish(self, path: Path, key: str) -> bool:
        """Give a synced file its name, durably. False when the name was there. For Incoming and adopt only."""
        target = self.path(key)
        with no_room_is_disk_full():
            target.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            created = _link(path, target)
            # All three each time: another process may have made a folder a moment ago and not synced it yet.
            for folder in (target.parent, target.parent.parent, self.root):
                sync_folder(folder)
        return created

    def path(self, key: str) -> Path:
        """Where the blob is or would be."""
        checked_key(key)
        return self.root / f"{key[:2]}/{key[2:4]}/{key}"

    def open_range(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start`` on, ``length`` of them or to the end, in blocks."""
        with self.path(key).open("rb", buffering=0) as file:
            file.seek(start)
            left = os.fstat(file.fileno()).st_size - start if length is None else length
            while left > 0 and (block := file.read(min(BLOCK, left))):
                left -= len(block)
                yield block

    def head(self, key: str) -> Head | None:
        """None when the blob is not there."""
        try:
            stat = self.path(key).stat()
        except FileNotFoundError:
            return None
        return Head(stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC))

    def delete(self, key: str) -> bool:
        """Remove the blob, durably. False when it was not there."""
        path = self.path(key)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True

    def list(self) -> Iterator[str]:
        """Every key, in no promised order."""
        return (path.name for path in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"))

    def url_for(self, key: str) -> str:
        """Local files have no address of their own."""
        checked_key(key)
        return ""

    def verify(self) -> Iterator[str]:
        """The keys whose bytes are no longer those that were stored. Reads everything."""
        for key in self.list():
            with self.path(key).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != key:
                    yield key

    def sweep(self, older_than: float) -> int:
        """Remove what was left unfinished and has not grown for ``older_than`` seconds; give the number."""
        return sweep_folder(self.incoming, older_than)


class LocalIncoming:
    """A file in the incoming folder, hashed while it grows."""

    def __init__(self, blobs: LocalBlobs) -> None:
        self._blobs = blobs
        self.path = blobs.incoming / token_hex(16)
        self._key = ""
        self.size = 0
        with no_room_is_disk_full():
            self._file = self.path.open("x+b", buffering=0)
        self._follower = Follower(self._file.fileno())

    def write(self, chunk: bytes | memoryview) -> None:
        """Append. Raise DiskFull when there is no room and ValueError after seal or abort."""
        left = memoryview(chunk)
        with no_room_is_disk_full():
            while left:
                left = left[self._file.write(left) :]
        self.size += len(chunk)
        self._follower.grown(self.size)

    def seal(self) -> str:
        """Make the bytes durable and give their key; no write may follow."""
        if not self._key:
            with no_room_is_disk_full():
                os.fchmod(self._file.fileno(), _FILE_MODE)
                os.fsync(self._file.fileno())
            self._key = self._follower.digest()
            self._close()
        return self._key

    def commit(self) -> Stored:
        """Seal, then publish under the key, durably."""
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


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


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
