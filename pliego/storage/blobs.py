"""The interface of a blob store: bytes under their own SHA-256, written once, never changed.

A key is the checksum in lower-case hex. Storing the same bytes twice keeps one copy. Every driver raises
FileNotFoundError for a key that it does not hold and ValueError for a text that is no key.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

BLOCK = 256 * 1024
"""Bytes read or written at a time."""

_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Stored:
    """What a finished write gives. ``created`` is False when the same bytes were there before."""

    key: str
    size: int
    created: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a blob without reading it."""

    size: int
    modified: datetime


class Incoming(Protocol):
    """A blob on its way in. Used in a ``with`` block it is aborted at the end unless it was committed."""

    @property
    def size(self) -> int:
        """Bytes written so far."""

    @property
    def path(self) -> Path:
        """Where they lie until they are committed."""

    def write(self, chunk: bytes | memoryview) -> None:
        """Append. Raise DiskFull when there is no room."""

    def seal(self) -> str:
        """Make the bytes durable and give their key; no write may follow. Costs the wait for the disk."""

    def commit(self) -> Stored:
        """Seal, then publish under the key, durably. After this returns a power cut loses nothing."""

    def abort(self) -> None:
        """Forget the bytes. Nothing happens after a commit."""

    def __enter__(self) -> "Incoming": ...

    def __exit__(self, *exc: object) -> None: ...


class Blobs(Protocol):
    """Where blobs are kept."""

    def receive(self) -> Incoming:
        """Begin a new blob."""

    def adopt(self, path: Path, key: str = "") -> Stored:
        """Store a complete local file, durably; ``key`` is its checksum if the caller knows it already.

        The file stays: remove it once the caller's own record is safe.
        """

    def open_range(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start`` on, ``length`` of them or to the end, in blocks."""

    def head(self, key: str) -> Head | None:
        """None when the blob is not there."""

    def delete(self, key: str) -> bool:
        """False when it was not there."""

    def list(self) -> Iterator[str]:
        """Every key, in no promised order."""


def checked_key(key: str) -> str:
    """The key itself, or ValueError: whatever becomes part of a path goes through here."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a blob key: {key[:80]!r}")
    return key
