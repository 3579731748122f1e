"""The files of a job: a folder with what goes in and what comes out, on the disk of the stored PDFs.

``DATA/toolbox/<job>/in/000`` and so on are the inputs, in order; ``out/`` holds the file between two steps and the
result. A folder without a row is swept once it is too old to belong to a request under way.

What lies here may be another name of a stored PDF: nothing is ever opened to be written over. A file comes under a name
of its own and takes its place as a whole.
"""

import os
import re
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from pliego.documents.identifiers import PATTERN, new_identifier
from pliego.documents.intake import refuse_early
from pliego.errors import EmptyFile, NotFound, TooLarge
from pliego.storage.space import no_room_is_disk_full

_CHECKED_EVERY = 16 << 20
"""Bytes between two looks at the free space."""


def root() -> Path:
    """The folder of all jobs."""
    folder: Path = settings.DATA / "toolbox"
    return folder


class Workspace:
    """The folder of one job."""

    def __init__(self, identifier: str) -> None:
        self.identifier = identifier
        self.folder = root() / identifier

    @classmethod
    def new(cls) -> "Workspace":
        """Make a folder for a job to be."""
        workspace = cls(new_identifier())
        with no_room_is_disk_full():
            for name in ("in", "out"):
                (workspace.folder / name).mkdir(mode=0o700, parents=True)
        return workspace

    @classmethod
    def named(cls, identifier: str) -> "Workspace":
        """The folder of a job or draft. Raise NotFound for what is no identifier."""
        if not re.fullmatch(PATTERN, identifier):
            raise NotFound
        return cls(identifier)

    @property
    def draft(self) -> Path:
        """What is known of the files before they become a job."""
        return self.folder / "draft.json"

    def input(self, number: int) -> Path:
        """Where an input lies, counted from 0."""
        return self.folder / "in" / f"{number:03}"

    def further(self, step: int, option: str) -> Path:
        """Where the file of an option lies."""
        return self.folder / "in" / f"{step:03}-{option}"

    def output(self, step: int) -> Path:
        """Where a step writes, counted from 0. The last one's is the result."""
        return self.folder / "out" / f"{step:03}"

    def link(self, place: Path, file: Path) -> int:
        """Take in a file of the same disk, without copying it, and give its size. It stays when the other name goes."""
        coming = _beside(place)
        with no_room_is_disk_full():
            os.link(file, coming)
            coming.replace(place)
        coming.unlink(missing_ok=True)  # it stays when both are names of one file
        return place.stat().st_size

    def remove(self) -> None:
        """Forget every file. No error when there is none."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Incoming:
    """A file of a workspace on its way in: write its chunks, then close. It is gone again after abort."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._coming = _beside(place)
        self._checked = 0
        self.size = 0
        with no_room_is_disk_full():
            self._file = self._coming.open("xb")

    def write(self, chunk: bytes) -> None:
        """Append. Raise TooLarge or DiskFull as soon as it is certain."""
        self.size += len(chunk)
        if self.size > settings.MAX_UPLOAD_MB << 20:
            raise TooLarge(limit=settings.MAX_UPLOAD_MB)
        if self.size - self._checked > _CHECKED_EVERY:
            refuse_early(0)
            self._checked = self.size
        with no_room_is_disk_full():
            self._file.write(chunk)

    def close(self) -> int:
        """End it and give its size. Raise EmptyFile, and forget it, when nothing came."""
        with no_room_is_disk_full():
            self._file.close()
        if not self.size:
            self.abort()
            raise EmptyFile
        self._coming.replace(self._place)
        return self.size

    def abort(self) -> None:
        """Forget the bytes."""
        self._file.close()
        self._coming.unlink(missing_ok=True)


def _beside(place: Path) -> Path:
    """A name that nothing has, for what is to take that place."""
    return place.with_name(f"{place.name}.{new_identifier()}")


def sweep(known: Iterable[str], older_than: float) -> int:
    """Remove the folders that no job knows and that are older than so many seconds; give their number."""
    if not root().is_dir():
        return 0
    kept, limit, swept = set(known), time.time() - older_than, 0
    for folder in root().iterdir():
        if folder.name not in kept and folder.stat().st_mtime < limit:
            Workspace(folder.name).remove()
            swept += 1
    return swept
