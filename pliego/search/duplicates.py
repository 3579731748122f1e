"""Near copies: a signature of a text that tells how much of it another text shares.

MinHash (Broder, 1997) over shingles of four words, with one random order for all: the shingles are dealt into 128 bins
and the smallest of each bin is kept (one permutation hashing, Li, Owen and Zhang, 2012; empty bins borrow as in
Shrivastava, 2017). Two texts keep the same one with a chance equal to their Jaccard similarity. Bands of the signature
(LSH) find candidates without comparing all; the shingles themselves confirm them.
"""

import struct
from collections.abc import Iterable, Iterator, Set
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from pliego.search.analysis import folded_tokens

SHINGLE = 4
"""Words."""
HASHES = 128
ROWS = 3
"""Hashes in one band. 42 bands find a pair of similarity s with chance 1 - (1 - s^3)^42: .68 at 0.3, .997 at 0.5."""
CANDIDATE = 0.3
"""Estimated similarity from which a pair is worth confirming."""
NEAR_COPY = 0.5
"""Jaccard similarity from which two texts are copies of each other, with another crop, mark or recognition."""
EDITION = 0.5
"""Part of the shorter text found in the longer one from which the two are editions of one work."""
MIN_SHINGLES = 20
"""A text with fewer says too little to be a copy of another."""

_MASK = (1 << 64) - 1
_MIX = 0x9E3779B97F4A7C15  # 2^64 divided by the golden ratio: spreads 32 bits over 64
_FORMAT = struct.Struct(f"<{HASHES}I")


class Likeness(NamedTuple):
    """What two sets of shingles have in common, each from 0 to 1."""

    jaccard: float
    containment: float
    """The part of the smaller set that is in the larger one."""

    @property
    def near_copy(self) -> bool:
        """Whether the two are the same text."""
        return self.jaccard >= NEAR_COPY

    @property
    def edition(self) -> bool:
        """Whether one holds much of the other: an excerpt, a volume, a new edition."""
        return not self.near_copy and self.containment >= EDITION


def shingles(pages: Iterable[str]) -> set[int]:
    """A 32-bit number for every four words in a row, over page ends too."""
    last: list[str] = []
    found: set[int] = set()
    for page in pages:
        words = last + folded_tokens(page)
        found.update(crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1))
        last = words[-SHINGLE + 1 :]
    return found


def signature(found: Set[int]) -> bytes:
    """The MinHash of a set of shingles, 512 bytes; b"" for a text that is too short to compare."""
    if len(found) < MIN_SHINGLES:
        return b""
    smallest = [_MASK] * HASHES
    for shingle in found:
        mixed = (shingle + 1) * _MIX & _MASK
        mixed = (mixed ^ mixed >> 32) * _MIX & _MASK
        at = mixed >> 57
        smallest[at] = min(smallest[at], mixed)
    return _FORMAT.pack(*(smallest[_lender(smallest, at)] >> 20 & 0xFFFFFFFF for at in range(HASHES)))


def _lender(smallest: list[int], at: int) -> int:
    """The bin itself, or one that is not empty, tried in an order that depends on the bin alone."""
    wanted = at
    step = 0
    while smallest[wanted] == _MASK:
        step += 1
        wanted = crc32(struct.pack("<II", at, step)) % HASHES
    return wanted


def similarity(one: bytes, other: bytes) -> float:
    """The Jaccard similarity that two signatures promise, to about 0.09; 0 when one is empty."""
    if not one or not other:
        return 0.0
    pairs = zip(_FORMAT.unpack(one), _FORMAT.unpack(other), strict=True)
    return sum(1 for a, b in pairs if a == b) / HASHES


def bands(found: bytes) -> Iterator[bytes]:
    """Eight bytes for each band of a signature: texts that share any are candidates. None for an empty signature."""
    width = 4 * ROWS
    for at in range(0, len(found) - width + 1, width):
        yield blake2b(found[at : at + width], digest_size=8, salt=at.to_bytes(2)).digest()


def likeness(one: Set[int], other: Set[int]) -> Likeness:
    """What two sets of shingles truly share."""
    shared = len(one & other)
    if not shared:
        return Likeness(0.0, 0.0)
    return Likeness(shared / (len(one) + len(other) - shared), shared / min(len(one), len(other)))
