import hashlib
import os
from pathlib import Path

import pytest

from pliego.storage.mirror import Together, below, checksum, copy, stat_of, unchanged
from tests.damage import not_as_root

KEY = hashlib.sha256(b"uno").hexdigest()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "de" / "uno"
    source.parent.mkdir(mode=0o700)
    source.write_bytes(b"uno")
    source.chmod(0o440)
    os.utime(source, (1_000_000, 1_000_000))
    return source


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "a" / "otro" / "uno"


@pytest.mark.parametrize("key", ["", KEY])
def test_a_copy_has_the_bytes_the_time_and_the_rights(source: Path, target: Path, tmp_path: Path, key: str) -> None:
    assert copy(source, target, tmp_path, key)
    found = target.stat()
    assert (target.read_bytes(), found.st_mtime, found.st_mode & 0o777) == (b"uno", 1_000_000, 0o440)
    assert target.parent.stat().st_mode & 0o777 == 0o700
    assert unchanged(source.stat(), target)


def test_what_has_another_checksum_or_is_gone_changes_nothing(source: Path, target: Path, tmp_path: Path) -> None:
    assert copy(source, target, tmp_path)
    source.chmod(0o600)
    source.write_bytes(b"dos")
    assert not copy(source, target, tmp_path, KEY)
    assert not copy(tmp_path / "nada", target, tmp_path)
    assert target.read_bytes() == b"uno"
    assert {path.name for path in tmp_path.iterdir()} == {"de", "a"}


def test_copies_together_are_in_their_places_at_the_end(source: Path, target: Path, tmp_path: Path) -> None:
    with Together(tmp_path) as together:
        assert together.copy(source, target, KEY)
        assert not together.copy(source, target.with_name("dos"), KEY[::-1])
        assert not together.copy(tmp_path / "nada", target.with_name("tres"), KEY)
        assert not target.exists()
    assert {path.name: path.read_bytes() for path in target.parent.iterdir()} == {"uno": b"uno"}
    assert (target.stat().st_mtime, target.stat().st_mode & 0o777) == (1_000_000, 0o440)
    assert {path.name for path in tmp_path.iterdir()} == {"de", "a"}


def test_copies_together_are_synced_before_any_has_its_place(
    source: Path, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def synced(folder: int) -> None:
        assert os.path.samestat(os.fstat(folder), tmp_path.stat())
        before.append([path.exists() for path in places])

    monkeypatch.setattr("pliego.storage.mirror.sync_disk", synced)
    monkeypatch.setattr("pliego.storage.mirror.FILES", 2)
    before: list[list[bool]] = []
    places = [target.with_name(str(number)) for number in range(5)]
    with Together(tmp_path) as together:
        for place in places:
            together.copy(source, place, KEY)
    assert before == [[False] * 5, [True] * 2 + [False] * 3, [True] * 4 + [False]]


def test_copies_that_are_stopped_leave_nothing(source: Path, target: Path, tmp_path: Path) -> None:
    def stopped() -> None:
        with Together(tmp_path) as together:
            together.copy(source, target, KEY)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert not target.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"de", "a"}


def test_a_copy_of_another_size_or_time_is_out_of_date(source: Path, target: Path, tmp_path: Path) -> None:
    assert not unchanged(source.stat(), target)
    copy(source, target, tmp_path)
    os.utime(source, (1_000_001, 1_000_001))  # a file system that keeps even seconds
    assert unchanged(source.stat(), target)
    os.utime(source, (1_000_003, 1_000_003))
    assert not unchanged(source.stat(), target)


def test_what_lies_below_a_folder(tmp_path: Path) -> None:
    for name in ("b/c/1", "b/d/2", "x", "b/3", "c/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "lejos").symlink_to(tmp_path / "b" / "d")
    (tmp_path / "roto").symlink_to(tmp_path / "nada")
    assert {name for name, _ in below(tmp_path, {"b/c", "x"})} == {"b/3", "b/d/2", "c/x", "lejos/2"}
    assert {name for name, _ in below(tmp_path / "b", links=False)} == {"3", "c/1", "d/2"}
    (tmp_path / "b" / "atajo").symlink_to(tmp_path / "x")
    (tmp_path / "b" / "atajos").symlink_to(tmp_path / "c")
    assert {name for name, _ in below(tmp_path / "b", links=False)} == {"3", "c/1", "d/2"}


def test_checksum_and_stat(source: Path, tmp_path: Path) -> None:
    assert checksum(source) == KEY
    assert checksum(tmp_path / "nada") is None
    assert stat_of(tmp_path) is None


def test_a_file_that_may_not_be_read_has_no_checksum(source: Path) -> None:
    source.chmod(0)
    with not_as_root():
        assert checksum(source) is None
