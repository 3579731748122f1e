import hashlib
import os
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.storage.local import Condition, Examined, LocalBlobs
from tests.damage import flip, not_as_root

DATA = b"%PDF-1.7 something"
KEY = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "blobs")


def put(blobs: LocalBlobs, data: bytes = DATA) -> str:
    with blobs.receive() as incoming:
        incoming.write(data)
        return incoming.commit().key


def test_a_blob_is_found_under_its_checksum(blobs: LocalBlobs) -> None:
    with blobs.receive() as incoming:
        incoming.write(DATA[:5])
        incoming.write(DATA[5:])
        stored = incoming.commit()
    assert (stored.key, stored.size, stored.created) == (KEY, len(DATA), True)
    assert blobs.path(KEY).read_bytes() == DATA
    assert blobs.path(KEY) == blobs.root / KEY[:2] / KEY[2:4] / KEY


def test_nothing_stays_in_the_incoming_folder(blobs: LocalBlobs) -> None:
    put(blobs)
    put(blobs)
    with blobs.receive() as incoming:
        incoming.write(DATA)
    assert list(blobs.incoming.iterdir()) == []


def test_an_aborted_blob_leaves_nothing(blobs: LocalBlobs) -> None:
    def cut() -> None:
        with blobs.receive() as incoming:
            incoming.write(DATA)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        cut()
    assert list(blobs.list()) == []


def test_the_same_bytes_are_stored_once(blobs: LocalBlobs) -> None:
    put(blobs)
    with blobs.receive() as incoming:
        incoming.write(DATA)
        assert not incoming.commit().created
    assert list(blobs.list()) == [KEY]


def test_many_at_once_with_the_same_bytes_all_succeed(blobs: LocalBlobs) -> None:
    gate = threading.Barrier(8)
    created = []

    def share() -> None:
        with blobs.receive() as incoming:
            incoming.write(DATA)
            gate.wait()
            created.append(incoming.commit().created)

    threads = [threading.Thread(target=share) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(created) == [False] * 7 + [True]
    assert blobs.path(KEY).read_bytes() == DATA
    assert blobs.path(KEY).stat().st_nlink == 1


def test_the_key_is_known_before_the_blob_is_published(blobs: LocalBlobs) -> None:
    with blobs.receive() as incoming:
        incoming.write(DATA)
        assert incoming.seal() == KEY
        assert blobs.head(KEY) is None
        with pytest.raises(ValueError, match="closed"):
            incoming.write(b"late")


def test_the_order_of_durability(blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """File, name, then each folder that leads to the name."""
    steps: list[str] = []
    fsync, link = os.fsync, os.link

    def watched_fsync(fd: int) -> None:
        path = Path(f"/proc/self/fd/{fd}").readlink()
        steps.append("file" if path.parent == blobs.incoming else f"folder {path.relative_to(blobs.root)}")
        fsync(fd)

    def watched_link(path: Path, target: Path) -> None:
        steps.append("name")
        link(path, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "link", watched_link)
    put(blobs)
    assert steps == ["file", "name", f"folder {KEY[:2]}/{KEY[2:4]}", f"folder {KEY[:2]}", "folder ."]


def test_a_complete_file_is_adopted_and_stays(blobs: LocalBlobs, tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(DATA)
    assert blobs.adopt(part).created
    assert not blobs.adopt(part).created
    assert part.samefile(blobs.path(KEY))


def test_a_missing_blob(blobs: LocalBlobs) -> None:
    assert blobs.head(KEY) is None
    assert not blobs.delete(KEY)


def test_head_and_delete(blobs: LocalBlobs) -> None:
    put(blobs)
    head = blobs.head(KEY)
    assert head is not None
    assert head.size == len(DATA)
    assert blobs.delete(KEY)
    assert blobs.head(KEY) is None


@pytest.mark.parametrize("key", ["", "../../etc/passwd", KEY.upper(), KEY + "/x", KEY[:-1], KEY + "\n"])
def test_only_a_checksum_is_a_key(blobs: LocalBlobs, key: str) -> None:
    for ask in (blobs.path, blobs.head, blobs.delete):
        with pytest.raises(ValueError, match="not a blob key"):
            ask(key)


@given(st.binary(min_size=1, max_size=5000), st.data())
def test_any_flipped_byte_is_found(data: bytes, draw: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        blobs = LocalBlobs(Path(folder))
        key = put(blobs, data)
        assert blobs.examine(key).condition is Condition.WHOLE
        flip(blobs.path(key), draw.draw(st.integers(0, len(data) - 1)))
        assert blobs.examine(key).condition is Condition.DAMAGED


def test_examining_tells_how_much_was_read(blobs: LocalBlobs) -> None:
    read: list[int] = []
    blobs.examine(put(blobs, bytes(3_000_000)), read.append)
    assert (sum(read), len(read)) == (3_000_000, 3)


def test_what_is_set_aside_is_damaged_and_not_there(blobs: LocalBlobs) -> None:
    flip(blobs.path(put(blobs)))
    assert blobs.set_aside(KEY, blobs.examine(KEY))
    assert blobs.head(KEY) is None
    assert list(blobs.list()) == []
    assert blobs.examine(KEY) == Examined(Condition.DAMAGED, None)
    assert blobs.set_aside(KEY, blobs.examine(KEY))


def test_what_was_set_aside_is_kept_until_good_bytes_are_back(blobs: LocalBlobs) -> None:
    flip(blobs.path(put(blobs)))
    blobs.set_aside(KEY, blobs.examine(KEY))
    blobs.sweep(older_than=0)
    assert blobs.examine(KEY).condition is Condition.DAMAGED
    blobs.path(KEY).write_bytes(DATA)
    blobs.sweep(older_than=0)
    assert [path for path in blobs.root.rglob("*") if path.is_file()] == [blobs.path(KEY)]


def test_what_was_never_there_is_missing(blobs: LocalBlobs) -> None:
    assert blobs.examine(KEY) == Examined(Condition.MISSING, None)


def test_what_may_not_be_read_is_told_apart(blobs: LocalBlobs) -> None:
    blobs.path(put(blobs)).chmod(0)
    with not_as_root():
        assert blobs.examine(KEY) == Examined(Condition.CLOSED, None)


def test_what_came_since_it_was_examined_is_not_set_aside(blobs: LocalBlobs) -> None:
    flip(blobs.path(put(blobs)))
    found = blobs.examine(KEY)
    put(blobs)
    assert not blobs.set_aside(KEY, found)
    assert blobs.path(KEY).read_bytes() == DATA


@pytest.mark.parametrize("aside", [False, True])
def test_good_bytes_take_the_place_of_damaged_ones(blobs: LocalBlobs, tmp_path: Path, *, aside: bool) -> None:
    flip(blobs.path(put(blobs)))
    if aside:
        blobs.set_aside(KEY, blobs.examine(KEY))
    part = tmp_path / "part"
    part.write_bytes(DATA)
    assert blobs.adopt(part).created == aside
    assert blobs.examine(KEY).condition is Condition.WHOLE
    assert [path for path in blobs.root.rglob("*") if path.is_file()] == [blobs.path(KEY)]


def test_what_is_deleted_is_deleted_where_it_was_set_aside_too(blobs: LocalBlobs) -> None:
    flip(blobs.path(put(blobs)))
    blobs.set_aside(KEY, blobs.examine(KEY))
    blobs.delete(KEY)
    assert not [path for path in blobs.root.rglob("*") if path.is_file()]


def test_while_deletions_are_held_everybody_knows_it(blobs: LocalBlobs) -> None:
    other = LocalBlobs(blobs.root)
    assert not other.deletions_held()
    with blobs.holding_deletions():
        assert other.deletions_held()
        with pytest.raises(BlockingIOError), other.holding_deletions():
            pass
    assert not other.deletions_held()


def test_only_old_leftovers_are_swept(blobs: LocalBlobs) -> None:
    for name, age in (("old", 7200), ("new", 0)):
        path = blobs.incoming / name
        path.touch()
        now = path.stat().st_mtime
        os.utime(path, (now - age, now - age))
    assert blobs.sweep(older_than=3600) == 1
    assert [path.name for path in blobs.incoming.iterdir()] == ["new"]
