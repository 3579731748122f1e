"""The files of a job: a folder with what goes in and what comes out, on the disk of the stored PDFs.

``DATA/toolbox/<job>/in/000`` and so on are the inputs, in order; ``out/`` holds the file between two steps and the
result. A folder without a row is swept once it is too old to belong to a request under way.

What lies here may be another name of a stored PDF: nothing is ever opened to be written over. A file comes under a name
of its own and takes its place as a whole; the place of an input is never given twice.
"""

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from pliego.documents.identifiers import PATTERN, new_identifier
from pliego.documents.intake import refuse_early
from pliego.errors import EmptyFile, FileCount, NotFound, TooLarge
from pliego.storage.refusal import refusals_in_words

_CHECKED_EVERY = 16 << 20
"""Bytes between two looks at the free space."""
_PLACES = 1000
"""Inputs that a job has had at most, those that were left out as well."""


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
        with refusals_in_words():
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

    def incoming(self) -> "Incoming":
        """Begin a file."""
        return Incoming(self.folder / "in")

    def take(self, file: Path) -> int:
        """Make a file of the same disk an input, without copying it, and give its place: the first that none has had.

        It stays when the other name goes. Raise FileCount when there is no place left.
        """
        for number in range(_PLACES):
            with refusals_in_words(), gone_is_not_found():
                try:
                    os.link(file, self.input(number))
                except FileExistsError:
                    continue
            return number
        raise FileCount(wanted=f"1\u2013{_PLACES}")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nobody else in who holds it, too. Raise NotFound when it is gone."""
        with gone_is_not_found():
            folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def remove(self) -> None:
        """Forget every file. No error when there is none."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Incoming:
    """A file of a workspace on its way in: write its chunks, then close. It is gone again after abort."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / new_identifier()
        self._checked = 0
        self.size = 0
        with refusals_in_words(), gone_is_not_found():
            self._file = self.path.open("xb")

    def write(self, chunk: bytes) -> None:
        """Append. Raise TooLarge or DiskFull as soon as it is certain."""
        self.size += len(chunk)
        if self.size > settings.MAX_UPLOAD_MB << 20:
            raise TooLarge(limit=settings.MAX_UPLOAD_MB)
        if self.size - self._checked > _CHECKED_EVERY:
            refuse_early(0)
            self._checked = self.size
        with refusals_in_words():
            self._file.write(chunk)

    def close(self) -> int:
        """End it and give its size. Raise EmptyFile, and forget it, when nothing came."""
        with refusals_in_words():
            self._file.close()
        if not self.size:
            self.abort()
            raise EmptyFile
        return self.size

    def abort(self) -> None:
        """Forget the bytes."""
        self._file.close()
        self.path.unlink(missing_ok=True)


@contextmanager
def gone_is_not_found() -> Iterator[None]:
    """Say of a folder that was removed meanwhile what is said of one that never was."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound from error


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
