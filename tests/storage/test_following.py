import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pliego.storage.following import BEHIND, Follower


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[int]:
    descriptor = os.open(tmp_path / "growing", os.O_RDWR | os.O_CREAT)
    yield descriptor
    os.close(descriptor)


def checksum(*chunks: bytes) -> str:
    return hashlib.sha256(b"".join(chunks)).hexdigest()


def test_the_checksum_of_what_was_written_bit_by_bit(growing: int) -> None:
    chunks = [os.urandom(BEHIND // 3 + number) for number in range(12)]
    follower, size = Follower(growing), 0
    for chunk in chunks:
        size += os.write(growing, chunk)
        follower.grown(size)
    assert follower.digest() == checksum(*chunks)
    follower.close()


def test_what_was_there_before_counts(growing: int) -> None:
    os.write(growing, b"earlier ")
    follower = Follower(growing)
    follower.grown(os.write(growing, b"later") + 8)
    assert follower.digest() == checksum(b"earlier later")
    follower.close()


def test_only_what_was_told_of_counts(growing: int) -> None:
    os.write(growing, b"told and untold")
    follower = Follower(growing)
    follower.grown(4)
    assert follower.digest() == checksum(b"told")
    follower.grown(15)
    assert follower.digest() == checksum(b"told and untold")
    follower.close()


def test_nothing_written_has_a_checksum_too(growing: int) -> None:
    follower = Follower(growing)
    assert follower.digest() == checksum()
    follower.close()


def test_a_file_that_became_shorter_has_no_checksum(growing: int) -> None:
    os.write(growing, b"gone")
    follower = Follower(growing)
    follower.grown(4)
    os.ftruncate(growing, 2)
    with pytest.raises(OSError, match="shorter"):
        follower.digest()
    follower.close()


def test_closed_half_way_it_tells_no_wrong_checksum(growing: int) -> None:
    os.ftruncate(growing, 40 * BEHIND)
    follower = Follower(growing)
    follower.grown(40 * BEHIND)
    follower.close()
    follower.close()
    with pytest.raises(ValueError, match="closed"):
        follower.digest()
