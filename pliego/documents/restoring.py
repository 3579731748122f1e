"""Bringing a backup back into an empty data folder. The database comes last: without it there is no site."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from pliego.documents.backup import BLOBS, LOST_AND_FOUND, WITHOUT, Backup, Manifest, Told
from pliego.durable import sync_folder
from pliego.errors import PliegoError, gettext_noop
from pliego.storage import mirror
from pliego.storage.space import require_room

DATABASE = "pliego.sqlite3"
UNFINISHED = "restoring"
NOT_FROM_A_BACKUP = {*WITHOUT, UNFINISHED} - {BLOBS}
"""What no backup has among its files. It would come into the way of the database, which has been compared by then."""
_MADE_AT_THE_START = ("secret-key", "queue.sqlite3", "run", LOST_AND_FOUND)
"""What any command finds, or makes, in an empty data folder."""


class DataNotEmpty(PliegoError):
    """A backup never overwrites a site, nor mixes with one."""

    code = "data-not-empty"
    status = 409
    sentence = gettext_noop("The data folder %(folder)s is not empty. A backup is brought back into an empty one.")


class BackupDamaged(PliegoError):
    """The database in a backup is not the one that was written."""

    code = "backup-damaged"
    status = 422
    sentence = gettext_noop("The database in this backup is damaged.")


class BackupNewer(PliegoError):
    """Its database knows things that this program does not."""

    code = "backup-newer"
    status = 409
    sentence = gettext_noop("This backup was made by a newer Pliego, %(version)s. Install that one first.")


def restore(folder: Path, data: Path, told: Told = lambda *_: None) -> Manifest:
    """Copy a backup into the data folder, which must be empty, and give its manifest.

    What the copied files hold is for safekeeping.verify to compare. No link is followed.
    Raise NoBackup, DataNotEmpty, BackupDamaged, BackupNewer or DiskFull.
    """
    backup = Backup(folder)
    manifest = backup.manifest()
    if any(not path.name.startswith(_MADE_AT_THE_START) for path in data.iterdir()):
        raise DataNotEmpty(folder=data)
    files = [*mirror.below(backup.files, NOT_FROM_A_BACKUP, links=False)]
    total = sum(found.st_size for _, found in files)
    require_room(data, 0, total)
    unfinished = data / UNFINISHED
    unfinished.mkdir(mode=0o700)
    try:
        database = unfinished / DATABASE
        if not mirror.copy(backup.folder / manifest.database, database, unfinished, manifest.sha256):
            raise BackupDamaged
        _check_known(database, manifest)
        done = 0
        for name, found in files:
            mirror.copy(backup.files / name, data / name, unfinished)
            done += found.st_size
            told(done, total)
        os.sync()
        database.replace(data / DATABASE)
        sync_folder(data)
    finally:
        shutil.rmtree(unfinished)
    return manifest


def _check_known(database: Path, manifest: Manifest) -> None:
    """Raise BackupNewer, or BackupDamaged, before anything is copied."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as rows:
            applied = set(rows.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error as error:
        raise BackupDamaged from error
    own = {name.removeprefix("pliego.") for name in settings.INSTALLED_APPS}
    if {step for step in applied if step[0] in own} - set(MigrationLoader(None).disk_migrations):
        raise BackupNewer(version=manifest.pliego)
