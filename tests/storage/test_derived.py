import os
import threading
from pathlib import Path

import pytest

from pliego.storage.derived import Derived, PictureCache

KEY = "ab" * 32
OTHER = "cd" * 32


@pytest.fixture
def derived(tmp_path: Path) -> Derived:
    return Derived(tmp_path / "derived")


@pytest.fixture
def cache(tmp_path: Path) -> PictureCache:
    """Room for 64 kB: one kilobyte in each drawer."""
    return PictureCache(tmp_path / "pictures", 64 * 1024)


def test_what_is_written_is_read(derived: Derived) -> None:
    derived.write(KEY, "text-1/65.zip", b"one")
    derived.write(KEY, "text-1/65.zip", b"two")
    assert derived.read(KEY, "text-1/65.zip") == b"two"
    assert derived.exists(KEY, "text-1/65.zip")
    assert derived.read(OTHER, "text-1/65.zip") is None


def test_names_and_deletion(derived: Derived) -> None:
    derived.write(KEY, "text-1/1.zip", b"")
    derived.write(KEY, "copy.pdf", b"")
    derived.write(OTHER, "copy.pdf", b"")
    assert derived.names(KEY) == ["copy.pdf", "text-1/1.zip"]
    derived.delete(KEY)
    derived.delete(KEY)
    assert derived.names(KEY) == []
    assert derived.names(OTHER) == ["copy.pdf"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(derived: Derived) -> None:
    derived.write(KEY, "copy.pdf", b"old")

    def fail() -> None:
        with derived.writing(KEY, "copy.pdf") as path:
            path.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert derived.read(KEY, "copy.pdf") == b"old"
    assert list(derived.root.glob("unfinished/*")) == []


def test_leftovers_are_swept(derived: Derived) -> None:
    leftover = derived.root / "unfinished" / "x"
    leftover.touch()
    os.utime(leftover, (0, 0))
    assert derived.sweep(older_than=60) == 1


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc/x", "a/../b", "a/b/c", "a/.b", ".hidden", "a\n", "a b"])
def test_a_name_never_leaves_the_folder(derived: Derived, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        derived.path(KEY, name)


def test_a_picture_is_kept(cache: PictureCache) -> None:
    cache.put(KEY, "1-800.webp", b"picture")
    assert cache.get(KEY, "1-800.webp") == b"picture"
    assert cache.get(KEY, "1-400.webp") is None


def test_a_picture_larger_than_a_drawer_is_not_kept(cache: PictureCache) -> None:
    cache.put(KEY, "1", b"x" * 1025)
    assert cache.get(KEY, "1") is None


def filled(cache: PictureCache) -> int:
    return sum(path.stat().st_size for path in cache.root.glob("*/*"))


def test_the_cache_keeps_to_its_size(cache: PictureCache) -> None:
    for number in range(2000):
        cache.put(KEY, str(number), b"x" * 128)
    assert 32 * 1024 < filled(cache) <= 64 * 1024


def test_small_pictures_overshoot_little(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, 64 * 4096)
    for number in range(30_000):
        cache.put(KEY, str(number), b"x" * 32)
    assert filled(cache) <= 64 * 4096 * 1.15


def test_the_least_recently_used_goes_first(cache: PictureCache) -> None:
    for number in range(600):
        cache.put(KEY, str(number), b"x" * 64)
    for path in cache.root.glob("*/*"):
        os.utime(path, (1000, 1000))
    used = next(number for number in range(600) if cache.get(KEY, str(number)))
    for number in range(600, 1400):
        cache.put(KEY, str(number), b"x" * 64)
    old = [number for number in range(600) if cache.get(KEY, str(number))]
    assert used in old
    assert len(old) < 300


def test_the_pictures_of_one_blob_are_deleted(cache: PictureCache) -> None:
    for number in range(20):
        cache.put(KEY, str(number), b"x")
        cache.put(OTHER, str(number), b"x")
    cache.delete(KEY)
    assert not any(cache.get(KEY, str(number)) for number in range(20))
    assert all(cache.get(OTHER, str(number)) for number in range(20))


def test_many_at_once(cache: PictureCache) -> None:
    wrong: list[object] = []

    def work(seed: int) -> None:
        for step in range(300):
            name = str((seed * 7 + step) % 97)
            cache.put(KEY, name, name.encode() * 100)
            found = cache.get(KEY, name)
            if found not in (None, name.encode() * 100):
                wrong.append(found)

    threads = [threading.Thread(target=work, args=[seed]) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert list(cache.root.glob("*/*.new")) == []
