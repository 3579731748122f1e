"""Files that can be made again: what was read from a blob, and the cache of page pictures.

Nothing here is synced: after a power cut a derived file may be missing or torn, and is then made again.
"""

import hashlib
import os
import random
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from pliego.storage.blobs import checked_key
from pliego.storage.local import sweep_folder
from pliego.storage.refusal import refusals_in_words

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)?")


class Derived:
    """Files by checksum and name, in ``root/ab/cd/abcd…/``. A name carries the version of what made the file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._unfinished = root / "unfinished"
        self._unfinished.mkdir(parents=True, exist_ok=True)

    def path(self, key: str, name: str) -> Path:
        """Where the file is or would be. A name has at most one slash; ValueError for anything else."""
        return self._folder(key) / _checked_name(name)

    def read(self, key: str, name: str) -> bytes | None:
        """None when the file is not there."""
        try:
            return self.path(key, name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, key: str, name: str, data: bytes) -> None:
        """Put or replace the whole file at once: a reader sees the old or the new one."""
        with self.writing(key, name) as path:
            path.write_bytes(data)

    @contextmanager
    def writing(self, key: str, name: str) -> Iterator[Path]:
        """A path to write a large file to; it gets its name when the block ends well and is removed otherwise."""
        target = self.path(key, name)
        unfinished = self._unfinished / token_hex(16)
        try:
            with refusals_in_words():
                yield unfinished
                target.parent.mkdir(parents=True, exist_ok=True)
                unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)

    def exists(self, key: str, name: str) -> bool:
        """Whether the file is there."""
        return self.path(key, name).is_file()

    def names(self, key: str) -> list[str]:
        """The names of all files of a blob, sorted."""
        folder = self._folder(key)
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

    def discard(self, key: str, name: str) -> None:
        """Remove one file; no error when it is not there."""
        self.path(key, name).unlink(missing_ok=True)

    def delete(self, key: str) -> None:
        """Remove every file of a blob; no error when there is none."""
        with suppress(FileNotFoundError):  # never made, or somebody else removes it too
            shutil.rmtree(self._folder(key))

    def sweep(self, older_than: float) -> int:
        """Remove what was left unfinished for ``older_than`` seconds; give the number."""
        return sweep_folder(self._unfinished, older_than)

    def _folder(self, key: str) -> Path:
        checked_key(key)
        return self.root / key[:2] / key[2:4] / key


class PictureCache:
    """Small files by checksum and name, together at most about ``max_bytes``; those unused for longest go first.

    Several processes share the folder and nothing else. The files lie in 64 drawers, each with its part of the room.
    A put looks through its one drawer by chance, so often that each sixteenth of the drawer's room written is followed
    by one look on average; a look leaves the drawer seven eighths full. So the cost of a put does not grow with the
    cache, and no process has to keep an account.
    """

    _DRAWERS = 64
    _USED_EVERY = 600.0
    """Seconds: reading a file more often than this does not touch it again."""

    def __init__(self, root: Path, max_bytes: int) -> None:
        self.root = root
        self._room = max_bytes // self._DRAWERS
        for number in range(self._DRAWERS):
            (root / f"{number:02x}").mkdir(parents=True, exist_ok=True)

    def get(self, key: str, name: str) -> bytes | None:
        """None when the file is not in the cache (any more)."""
        try:
            with self._path(key, name).open("rb", buffering=0) as file:
                now = time.time()
                if os.fstat(file.fileno()).st_mtime < now - self._USED_EVERY:
                    os.utime(file.fileno(), (now, now))
                return file.readall()
        except FileNotFoundError:
            return None

    def has(self, key: str, name: str) -> bool:
        """Whether the file is in the cache at this moment."""
        return self._path(key, name).is_file()

    def put(self, key: str, name: str, data: bytes) -> None:
        """Keep the file for a while. One larger than a drawer is not kept. Raise DiskFull when there is no room."""
        if len(data) > self._room:
            return
        path = self._path(key, name)
        unfinished = path.parent / f"{token_hex(16)}.new"
        try:
            with refusals_in_words():
                unfinished.write_bytes(data)
                unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        if random.random() * self._room < len(data) * 16:  # noqa: S311 - a rate, not a secret
            self._tidy(path.parent)

    def delete(self, key: str) -> None:
        """Remove all files of a blob. Looks at every name in the cache: for deletion, not for daily use."""
        for path in self.root.glob(f"*/{checked_key(key)}-*"):
            path.unlink(missing_ok=True)

    def _path(self, key: str, name: str) -> Path:
        file = f"{checked_key(key)}-{_checked_name(name).replace('/', '-')}"
        drawer = hashlib.blake2b(file.encode(), digest_size=1).digest()[0] % self._DRAWERS
        return self.root / f"{drawer:02x}" / file

    def _tidy(self, drawer: Path) -> None:
        """Bring an overfull drawer down to seven eighths of its room."""
        files = []
        with os.scandir(drawer) as entries:
            for entry in entries:
                try:
                    stat = entry.stat()
                except FileNotFoundError:
                    continue  # another process tidies too
                files.append((stat.st_mtime, stat.st_size, entry.path))
        excess = sum(size for _, size, _ in files) - self._room
        if excess <= 0:
            return
        excess += self._room // 8
        for _, size, path in sorted(files):
            if excess <= 0:
                break
            Path(path).unlink(missing_ok=True)
            excess -= size


def _checked_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name of a derived file: {name[:80]!r}")
    return name
