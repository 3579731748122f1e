import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pliego.documents import backup
from pliego.documents.backup import NoBackup
from pliego.documents.restoring import BackupDamaged, BackupNewer, DataNotEmpty, restore
from pliego.storage.mirror import checksum
from tests.damage import flip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("there", ["pliego.sqlite3", "blobs", "x"])
def test_it_is_not_restored_over_a_site(folder: Path, data: Path, there: str) -> None:
    backup.make(folder)
    (data / there).mkdir()
    with pytest.raises(DataNotEmpty):
        restore(folder, data)
    assert {path.name for path in data.iterdir()} == {there, "secret-key"}


@pytest.mark.parametrize("at", [0, 5000, -1])
def test_a_damaged_database_is_not_restored(folder: Path, data: Path, at: int) -> None:
    manifest, _ = backup.make(folder)
    flip(folder / manifest.database, at)
    with pytest.raises(BackupDamaged):
        restore(folder, data)
    assert [path.name for path in data.iterdir()] == ["secret-key"]


def test_the_backup_of_a_newer_program_is_not_restored(folder: Path, data: Path) -> None:
    manifest, _ = backup.make(folder)
    with closing(sqlite3.connect(folder / manifest.database)) as database, database:
        step = ("documents", "9999_later", "2030-01-01")
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", step)
    written = folder / "manifest.json"
    written.write_text(written.read_text().replace(manifest.sha256, str(checksum(folder / manifest.database))))
    with pytest.raises(BackupNewer):
        restore(folder, data)


@pytest.mark.parametrize("name", ["restoring/pliego.sqlite3", "pliego.sqlite3", "pliego.sqlite3-wal", "run/address"])
def test_nothing_takes_the_place_of_the_database_that_was_compared(folder: Path, data: Path, name: str) -> None:
    manifest, _ = backup.make(folder)
    (folder / "files" / name).parent.mkdir(exist_ok=True)
    (folder / "files" / name).write_bytes(b"something else")
    restore(folder, data)
    assert checksum(data / "pliego.sqlite3") == manifest.sha256
    assert not (data / "pliego.sqlite3-wal").exists()
    assert not (data / "run").exists()


@pytest.mark.parametrize(
    ("told", "instead"),
    [("made", "2020-01-01"), ("made", "yesterday"), ("sha256", ""), ("sha256", "x"), ("database", "../x")],
)
def test_a_manifest_that_says_something_else_is_none(folder: Path, data: Path, told: str, instead: str) -> None:
    backup.make(folder)
    written = folder / "manifest.json"
    written.write_text(json.dumps(json.loads(written.read_text()) | {told: instead}))
    with pytest.raises(NoBackup):
        restore(folder, data)


def test_a_manifest_without_a_bottom_is_none(folder: Path, data: Path) -> None:
    backup.make(folder)
    (folder / "manifest.json").write_text("[" * 100_000)
    with pytest.raises(NoBackup):
        restore(folder, data)
