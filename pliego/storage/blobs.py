"""What a blob is: bytes under their own SHA-256 in lower-case hex, written once, never changed."""

import re
from dataclasses import dataclass
from datetime import datetime

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


def checked_key(key: str) -> str:
    """The key itself, or ValueError: whatever becomes part of a path goes through here."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a blob key: {key[:80]!r}")
    return key
