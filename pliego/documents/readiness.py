"""Is the data folder ready to serve, and how healthy is it?"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pliego import __version__
from pliego.errors import PliegoError, gettext_noop
from pliego.storage.space import Reserve, free_bytes

RESERVE_MB = 32
FULL_MB = 8
"""Less than this free is a full disk."""


class NoSite(PliegoError):
    """A command for a site that is there already, and PLIEGO_DATA names a folder without one."""

    code = "no-site"
    sentence = gettext_noop("There is no site in the folder %(folder)s. PLIEGO_DATA says where it is.")


def require_site() -> None:
    """Raise NoSite unless the data folder holds a site."""
    if not Path(connection.settings_dict["NAME"]).exists():
        raise NoSite(folder=settings.DATA)


def needs_migration() -> bool:
    """Whether the database lacks a step."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _static_files_mark() -> Path:
    path: Path = settings.DATA / "static.version"
    return path


def _static_files_version() -> str:
    """A checksum over names, sizes and times of the static files."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def needs_static_files() -> bool:
    """Whether the static files were gathered by another version, or never."""
    mark = _static_files_mark()
    return not mark.exists() or mark.read_text() != _static_files_version()


def static_files_done() -> None:
    """Remember which version the gathered static files are of."""
    _static_files_mark().write_text(_static_files_version())


def reserve() -> Reserve:
    """The room that is given up on a full disk, so that deleting and takedown still work."""
    return Reserve(settings.DATA / "reserve", RESERVE_MB << 20)


def floor() -> int:
    """Bytes that uploads and the reserve leave free: as many as are asked for, never so few that nothing is read."""
    return max(settings.MIN_FREE_MB, FULL_MB) << 20


def make_room() -> bool:
    """Give up the reserve on a full disk, for what must go on; True where there is room anyway."""
    if free_bytes(settings.DATA) >= FULL_MB << 20:
        return True
    reserve().release()
    return False


def keep_reserve() -> bool:
    """Make the reserve if there is room for it beside the floor, give it up on a full disk. True when it is there."""
    return make_room() and reserve().hold(floor())
