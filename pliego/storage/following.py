"""The checksum of a file that still grows, worked out beside its writer.

A few threads, shared by all writers of the process, read behind them what is still in memory. So the checksum costs no
time of its own: most of it is done while bytes arrive, the rest while the disk is waited for.
"""

import errno
import hashlib
import os
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Self

from pliego.storage.blobs import BLOCK

BEHIND = 2 << 20
"""Bytes that wait before a thread is asked for: a small file is hashed by its writer, at the end."""

_threads = ThreadPoolExecutor(max(2, os.cpu_count() or 2), thread_name_prefix="checksum")


class Follower:
    """SHA-256 of a file from its first byte on. It belongs to one writer, which closes it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = os.dup(descriptor)
        self._hash = hashlib.sha256()
        self._hashed = 0
        self._size = 0
        self._open = True
        self._lock = Lock()
        self._running: Future[None] | None = None

    def grown(self, size: int) -> None:
        """Tell that the file has ``size`` bytes now."""
        self._size = size
        if size - self._hashed >= BEHIND and (self._running is None or self._running.done()):
            self._running = _threads.submit(self._catch_up)

    def digest(self) -> str:
        """Return the checksum of all bytes told of, in hex. Raise OSError when they are not there any more."""
        self._catch_up()
        if self._hashed < self._size:
            raise ValueError("the follower was closed before the end")
        return self._hash.hexdigest()

    def close(self) -> None:
        """Stop; nothing happens the second time."""
        if self._open:
            self._open = False
            with self._lock:
                os.close(self._descriptor)

    def _catch_up(self) -> None:
        with self._lock:
            buffer = memoryview(bytearray(BLOCK))
            while self._open and (left := self._size - self._hashed):
                read = os.preadv(self._descriptor, [buffer[:left]], self._hashed)
                if not read:
                    raise OSError(errno.EIO, "the file has become shorter while it was hashed")
                self._hash.update(buffer[:read])
                self._hashed += read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
