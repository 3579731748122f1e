"""A backup of the site into a folder, while the site runs: `files` as in the data folder, and a copy of the database.

First the database is copied, as it is at one moment; then every file that this copy knows. Nothing is deleted from the
site until they are copied, so that none is missing. Blobs never change: the second backup copies only what is new.
Last comes the manifest. It names the database that belongs to it: a backup that is stopped leaves the one before whole.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from pliego import __version__
from pliego.documents import tasks
from pliego.documents.engines import blobs
from pliego.durable import sync_folder
from pliego.errors import PliegoError, gettext_noop
from pliego.storage import mirror
from pliego.storage.blobs import checked_key

FORMAT = 1
BLOBS = "blobs"
WITHOUT = {
    *("pliego.sqlite3", "pliego.sqlite3-wal", "pliego.sqlite3-shm", BLOBS),  # copied in their own way
    *("queue.sqlite3", "queue.sqlite3-wal", "queue.sqlite3-shm", "run", "reserve"),  # of the running site
    *("index", "pictures", "static", "static.version"),  # made anew at the start
    *("uploads", "toolbox", "derived/unfinished"),  # nobody's yet
}
"""What of the data folder has no place among the files of a backup."""

LOST_AND_FOUND = "lost+found"
"""What stands in every new file system."""
ABOUT = """A backup of Pliego. It is whole if manifest.json is here; `pliego restore` brings it back.
What else is put into this folder may be deleted by the next backup.
"""

Told = Callable[[int, int], object]
"""Is told how many bytes are done, and of how many."""


class NoBackup(PliegoError):
    """No manifest, or none that can be read: a backup that was never finished, or something else."""

    code = "no-backup"
    sentence = gettext_noop("There is no whole backup in the folder %(folder)s.")


class FolderTaken(PliegoError):
    """Somebody's files would be in the way of a backup, and it would delete them."""

    code = "folder-taken"
    status = 409
    sentence = gettext_noop("No backup can be made in %(folder)s: other things are in it, or it is part of the site.")


class BackupRunning(PliegoError):
    """One at a time: they would hinder one another."""

    code = "backup-running"
    status = 409
    sentence = gettext_noop("Another backup of this site is being made.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a whole backup says of itself. ``sha256`` is that of the database."""

    made: str
    pliego: str
    database: str
    sha256: str
    files: int
    size: int
    lost: int
    """Files that the site itself has damaged or lost, and of which there is no earlier copy here."""

    def checked(self) -> Self:
        """Raise ValueError or TypeError unless it names a moment, a file of its own folder, and the file's checksum."""
        if not datetime.fromisoformat(self.made).tzinfo or Path(self.database).name != self.database:
            raise ValueError(self)
        checked_key(self.sha256)
        return self


class Backup:
    """The folder of a backup."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.files = self.folder / "files"
        self.unfinished = self.folder / "unfinished"
        self.after_a_stop = False
        """The last backup was stopped: what it has not synced may only look whole."""
        self._manifest = self.folder / "manifest.json"
        self._under_way = self.unfinished / "under-way"

    def manifest(self) -> Manifest:
        """Raise NoBackup unless it is a whole one."""
        try:
            told = json.loads(self._manifest.read_text("utf-8"))
            if told.pop("format") == FORMAT:
                return Manifest(**told).checked()
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise NoBackup(folder=self.folder) from error
        raise NoBackup(folder=self.folder)

    def begin(self) -> None:
        """Make the folder, or clear away what a backup that was stopped has left. Raise FolderTaken."""
        site: Path = settings.DATA
        whole = ""
        if self.folder == site or site in self.folder.parents or self.folder in site.parents:
            raise FolderTaken(folder=self.folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark = self.folder / "PLIEGO-BACKUP.txt"
        if not mark.exists() and {path.name for path in self.folder.iterdir()} - {LOST_AND_FOUND}:
            raise FolderTaken(folder=self.folder)
        mark.write_text(ABOUT, "utf-8")
        for path in (self.files, self.unfinished):
            path.mkdir(mode=0o700, exist_ok=True)
        self.after_a_stop = any(self.unfinished.iterdir())
        for path in self.unfinished.iterdir():
            path.unlink()
        with suppress(NoBackup):
            whole = self.manifest().database
        self.forget_databases(but=whole)
        self._under_way.touch()

    def forget_databases(self, *, but: str) -> None:
        """Remove every copy of the database but the one of that name."""
        for path in self.folder.glob("database-*.sqlite3"):
            if path.name != but:
                path.unlink()

    def finish(self, manifest: Manifest) -> None:
        """Make it whole, durably: from now on this is what the folder holds."""
        os.sync()  # every name, too
        written = self.unfinished / "manifest"
        with written.open("w", encoding="utf-8") as file:
            json.dump({"format": FORMAT, **asdict(manifest)}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._manifest)
        sync_folder(self.folder)
        self._under_way.unlink()


def make(folder: Path, told: Told = lambda *_: None, *, compare: bool = False) -> tuple[Manifest, int]:
    """Bring a backup up to date, or begin one; give its manifest, and how many files of documents were copied.

    With ``compare`` those that are there from before are compared with their checksums, not just their sizes.
    Raise FolderTaken, BackupRunning or DiskFull: what was whole before still is.
    """
    backup = Backup(folder)
    with _no_deletions():
        backup.begin()
        made = timezone.now()
        database = backup.folder / f"database-{made:%Y%m%dT%H%M%S%fZ}.sqlite3"
        _copy_database(backup, database)
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as rows:
            copying = _Copying(backup, rows, told)
            copying.blobs(compare=compare)
            copying.others()
            manifest = Manifest(
                made=made.isoformat(timespec="seconds"),
                pliego=__version__,
                database=database.name,
                sha256=mirror.checksum(database) or "",
                files=copying.files,
                size=copying.size,
                lost=copying.lost,
            )
            backup.finish(manifest)
            copying.tidy(database)
    tasks.wake(tasks.drop_unused)
    return manifest, copying.new


@contextmanager
def _no_deletions() -> Iterator[None]:
    with ExitStack() as held:
        with transaction.atomic():  # a deletion runs in one too: none is half done now
            try:
                held.enter_context(blobs().holding_deletions())
            except BlockingIOError as error:
                raise BackupRunning from error
        yield


def _copy_database(backup: Backup, database: Path) -> None:
    """As it is at one moment, while others go on writing."""
    unfinished = backup.unfinished / database.name
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(unfinished)])
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(database)


class _Copying:
    """Copying what belongs to a copy of the database, and the account of it."""

    def __init__(self, backup: Backup, rows: sqlite3.Connection, told: Told) -> None:
        self._backup = backup
        self._rows = rows
        self._told = told
        self.files, self.size = self._ask("SELECT count(*), coalesce(sum(size), 0) FROM documents_file").fetchone()
        self.new = self.lost = self._done = 0
        self._total = self.size + sum(found.st_size for _, found in mirror.below(settings.DATA, WITHOUT))

    def blobs(self, *, compare: bool) -> None:
        """The stored PDFs, each once; one that is damaged never takes the place of a good one."""
        with mirror.Together(self._backup.unfinished) as together:
            for sha256, size in self._ask("SELECT sha256, size FROM documents_file"):
                source = blobs().path(sha256)
                target = self._backup.files / BLOBS / source.relative_to(blobs().root)
                found = mirror.stat_of(target)
                there = found and found.st_size == size and (not compare or mirror.checksum(target) == sha256)
                if not there:
                    copied = together.copy(source, target, sha256)
                    self.new += copied
                    self.lost += not copied
                self._advance(size)

    def others(self) -> None:
        """What was read from them, the secret key, letters, and what else the operator keeps there."""
        for name, found in mirror.below(settings.DATA, WITHOUT):
            target = self._backup.files / name
            if self._backup.after_a_stop or not mirror.unchanged(found, target):
                copied = mirror.copy(settings.DATA / name, target, self._backup.unfinished)
                self.lost += not copied and mirror.stat_of(settings.DATA / name) is not None
            self._advance(found.st_size)

    def tidy(self, database: Path) -> None:
        """Remove what the site does not have any more."""
        self._backup.forget_databases(but=database.name)
        for name, _ in mirror.below(self._backup.files):
            if not self._belongs(name):
                gone = self._backup.files / name
                gone.unlink()
                with suppress(OSError):  # a folder that is not empty stays
                    gone.parent.rmdir()

    def _belongs(self, name: str) -> bool:
        if name.startswith(f"{BLOBS}/"):
            return self._ask("SELECT 1 FROM documents_file WHERE sha256 = ?", Path(name).name).fetchone() is not None
        return mirror.stat_of(settings.DATA / name) is not None

    def _ask(self, question: str, *words: str) -> sqlite3.Cursor:
        return self._rows.execute(question, words)

    def _advance(self, size: int) -> None:
        self._done += size
        self._told(self._done, max(self._done, self._total))
