from pathlib import Path

import pytest

from pliego.errors import DiskFull
from pliego.storage.space import Reserve, free_bytes, require_room


def test_room_is_refused_under_the_floor(tmp_path: Path) -> None:
    require_room(tmp_path, floor=1)
    with pytest.raises(DiskFull):
        require_room(tmp_path, floor=free_bytes(tmp_path) + (1 << 40))


def test_what_is_announced_counts(tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        require_room(tmp_path, floor=1, wanted=1 << 60)


def test_the_reserve_takes_real_room_and_gives_it_back(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "reserve", 1 << 20)
    assert reserve.hold()
    assert reserve.path.stat().st_blocks * 512 >= 1 << 20
    reserve.release()
    assert not reserve.held()
    reserve.release()


def test_no_reserve_is_made_under_the_floor(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "reserve", 1 << 20)
    assert not reserve.hold(floor=1 << 60)
    assert not reserve.path.exists()
