import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from pliego.documents import backup, outlines, processing, removal, trash, upkeep, versions
from pliego.documents.backup import Backup, BackupRunning, FolderTaken, NoBackup
from pliego.documents.engines import blobs, derived
from pliego.documents.intake import Receiver
from pliego.documents.models import Document, File
from pliego.documents.restoring import restore
from pliego.documents.versions import Replacement
from pliego.storage import mirror
from tests.damage import flip
from tests.people import account, leaflet, share

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("parser")]

Rows = dict[str, list[tuple[object, ...]]]


class StopError(Exception):
    """What ends a backup in the middle."""


def rows(database: Path) -> Rows:
    """Everything in a database."""
    with closing(sqlite3.connect(database)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(opened.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def site_rows() -> Rows:
    return rows(Path(str(connection.settings_dict["NAME"])))


def wrong_blobs(data: Path) -> list[str]:
    """The files in a restored site's database that it does not have as they were shared."""
    keys = [sha256 for sha256, *_ in rows(data / "pliego.sqlite3")["documents_file"]]
    places = {str(key): data / "blobs" / str(key)[:2] / str(key)[2:4] / str(key) for key in keys}
    return [key for key, place in places.items() if mirror.checksum(place) != key]


def copies(folder: Path) -> dict[str, int]:
    """The files of documents in a backup; one that was written anew has another number."""
    files = mirror.below(folder / "files")
    return {name: found.st_ino for name, found in files if name.startswith(("blobs", "derived"))}


def replaced(document: Document, word: str) -> Document:
    receiver = Receiver()
    receiver.write(leaflet(word))
    now = versions.replace(receiver, Replacement(document, f"{word}.pdf"))
    processing.process(now.file_id)
    return now


@pytest.fixture
def lived_in() -> list[Document]:
    """A site where something has happened."""
    documents = [share(f"hoja {number}").document for number in range(4)]
    documents.append(share("de Clara", owner=account()).document)
    documents[0] = replaced(documents[0], "hoja nueva")
    trash.put(documents[1])
    removal.remove(documents.pop(2))
    return documents


@pytest.mark.usefixtures("lived_in")
def test_what_is_restored_is_what_was_backed_up(folder: Path, data: Path) -> None:
    before = site_rows()
    manifest, copied = backup.make(folder)
    assert (manifest.files, copied, manifest.lost) == (5, 5, 0)
    assert restore(folder, data) == manifest
    assert rows(data / "pliego.sqlite3") == before
    assert len(before["documents_document"]) == 4
    assert wrong_blobs(data) == []
    for sha256 in File.objects.values_list("pk", flat=True):
        for name in derived().names(sha256):
            there = data / derived().path(sha256, name).relative_to(settings.DATA)
            assert there.read_bytes() == derived().read(sha256, name)
    assert (data / "secret-key").read_text() == (settings.DATA / "secret-key").read_text()
    assert not list(data.glob("restoring*"))


def test_the_second_time_copies_only_what_is_new(lived_in: list[Document], folder: Path, data: Path) -> None:
    backup.make(folder)
    there = copies(folder)
    gone = lived_in.pop()
    removal.remove(gone)
    share("la última")
    manifest, copied = backup.make(folder)
    assert copied == 1
    now = copies(folder)
    assert not any(gone.file_id in name for name in now)
    assert all(there[name] == now[name] for name in set(there) & set(now))
    assert len(list(folder.glob("database-*"))) == 1
    assert restore(folder, data) == manifest
    assert wrong_blobs(data) == []


def test_while_others_share_and_delete(lived_in: list[Document], folder: Path, data: Path) -> None:
    running = threading.Event()
    shared: list[str] = []

    def busy() -> None:
        try:
            while not running.is_set():
                document = share(f"deprisa {len(shared)}", read=False).document
                shared.append(document.file_id)
                if len(shared) % 3 == 0:
                    removal.remove(document)
        finally:
            connection.close()

    thread = threading.Thread(target=busy)
    thread.start()
    for _ in range(6):
        backup.make(folder)
    running.set()
    thread.join()
    assert len(shared) > len(lived_in)
    restore(folder, data)
    assert wrong_blobs(data) == []


def stop_after(steps: int) -> backup.Told:
    def told(*_: int) -> None:
        nonlocal steps
        steps -= 1
        if steps <= 0:
            raise StopError

    return told


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("steps", [1, 3, 6])
def test_a_first_backup_that_is_stopped_does_not_look_whole(folder: Path, data: Path, steps: int) -> None:
    with pytest.raises(StopError):
        backup.make(folder, stop_after(steps))
    with pytest.raises(NoBackup):
        restore(folder, data)
    with pytest.raises(StopError):
        backup.make(folder, stop_after(steps))
    assert len(list(folder.glob("database-*"))) == 1
    backup.make(folder)
    restore(folder, data)
    assert wrong_blobs(data) == []


@pytest.mark.parametrize("steps", [1, 3, 6])
def test_a_later_one_that_is_stopped_leaves_what_was(
    lived_in: list[Document], folder: Path, data: Path, steps: int
) -> None:
    before = site_rows()
    manifest, _ = backup.make(folder)
    removal.remove(lived_in.pop())
    share("después")
    with pytest.raises(StopError):
        backup.make(folder, stop_after(steps))
    assert restore(folder, data) == manifest
    assert rows(data / "pliego.sqlite3") == before
    assert wrong_blobs(data) == []


def test_what_is_deleted_meanwhile_is_copied_first(lived_in: list[Document], folder: Path, data: Path) -> None:
    gone = lived_in.pop()

    def told(*_: int) -> None:
        if Document.objects.filter(pk=gone.pk).exists():
            removal.remove(gone)

    manifest, _ = backup.make(folder, told)
    assert manifest.lost == 0
    restore(folder, data)
    assert wrong_blobs(data) == []
    assert blobs().head(gone.file_id)
    assert upkeep.drop_all_unused() == 1
    assert not blobs().head(gone.file_id)


def test_one_at_a_time(folder: Path, lived_in: list[Document]) -> None:
    def told(*_: int) -> None:
        with pytest.raises(BackupRunning):
            backup.make(folder)

    manifest, _ = backup.make(folder, told)
    assert manifest.files > len(lived_in)


def test_a_damaged_file_never_takes_the_place_of_a_good_one(lived_in: list[Document], folder: Path, data: Path) -> None:
    first, second = (document.file_id for document in lived_in[:2])
    flip(blobs().path(second))
    assert backup.make(folder)[0].lost == 1
    flip(blobs().path(first))
    assert backup.make(folder)[0].lost == 1
    restore(folder, data)
    assert wrong_blobs(data) == [second]


def test_a_copy_that_was_damaged_is_found_and_made_anew(lived_in: list[Document], folder: Path) -> None:
    backup.make(folder)
    copied = folder / "files" / blobs().path(lived_in[0].file_id).relative_to(settings.DATA)
    flip(copied)
    assert backup.make(folder)[1] == 0
    assert backup.make(folder, compare=True)[1] == 1
    assert mirror.checksum(copied) == lived_in[0].file_id


def test_after_a_stop_nothing_is_trusted_that_was_not_synced(lived_in: list[Document], folder: Path) -> None:
    backup.make(folder)
    torn = folder / "files" / derived().path(lived_in[0].file_id, outlines.NAME).relative_to(settings.DATA)
    assert torn.exists()
    with pytest.raises(StopError):
        backup.make(folder, stop_after(6))
    found = torn.stat()
    torn.write_bytes(bytes(found.st_size))
    backup.make(folder)
    assert torn.read_bytes() == derived().read(lived_in[0].file_id, outlines.NAME)


def test_the_files_of_others_are_not_touched(folder: Path) -> None:
    folder.mkdir()
    (folder / "tesis.doc").touch()
    for place in (folder, settings.DATA, settings.DATA / "copia", settings.DATA.parent):
        with pytest.raises(FolderTaken):
            backup.make(place)
    assert [path.name for path in folder.iterdir()] == ["tesis.doc"]
    assert not (settings.DATA / "copia").exists()


@pytest.mark.parametrize("other", [{"database": "../x"}, {"database": "/x"}, {"database": 1}, {"made": "ayer"}])
def test_a_manifest_that_names_what_it_must_not(folder: Path, other: dict[str, object]) -> None:
    backup.make(folder)
    written = folder / "manifest.json"
    written.write_text(json.dumps(json.loads(written.read_text()) | other))
    with pytest.raises(NoBackup):
        Backup(folder).manifest()


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "made": 3}', "\ud800"])
def test_a_manifest_that_is_none(folder: Path, written: str) -> None:
    backup.make(folder)
    (folder / "manifest.json").write_bytes(written.encode(errors="surrogatepass"))
    with pytest.raises(NoBackup):
        Backup(folder).manifest()
