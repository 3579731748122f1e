import pytest
from pytest_django import Settings

from pliego.documents import readiness
from pliego.storage.space import free_bytes


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    readiness.reserve().release()
    monkeypatch.setattr(readiness, "RESERVE_MB", 1)


def test_the_reserve_is_made_while_there_is_room() -> None:
    assert readiness.keep_reserve()
    assert readiness.reserve().held()


def test_no_reserve_is_made_below_the_floor(settings: Settings) -> None:
    settings.MIN_FREE_MB = 1 << 40
    assert not readiness.keep_reserve()
    assert not readiness.reserve().held()


def test_no_reserve_is_made_that_would_fill_the_disk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be given up for the next file to be read, made anew a minute later, and so on: no file would be read."""
    free = free_bytes(settings.DATA) >> 20
    monkeypatch.setattr(readiness, "RESERVE_MB", 1000)
    monkeypatch.setattr(readiness, "FULL_MB", free - 500)
    assert readiness.make_room()
    assert not readiness.keep_reserve()
    assert readiness.make_room()


def test_a_full_disk_gets_the_reserve_back(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    readiness.keep_reserve()
    monkeypatch.setattr(readiness, "FULL_MB", (free_bytes(settings.DATA) >> 20) + 1000)
    assert not readiness.keep_reserve()
    assert not readiness.reserve().path.exists()
