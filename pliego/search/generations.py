"""The folder of the index: one generation answers while the next is built beside it, and a pointer file names it.

current            the name of the generation that answers
g-<number>/        one complete index and its `version`
lock, build.lock   held while the index is changed, while a new generation is built
changes            present while one is built: the keys that were changed meanwhile, one on each line
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pliego.durable import sync_folder
from pliego.errors import PliegoError, gettext_noop
from pliego.search.records import State
from pliego.search.schema import SHAPE, VERSION


class RebuildRunning(PliegoError):
    """Another process is building a new generation."""

    code = "rebuild-running"
    status = 409
    sentence = gettext_noop("The search index is already being rebuilt.")


class Generations:
    """The generations in one folder, which is made when something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changes = folder / "changes"

    def current(self) -> Path | None:
        """The generation that answers, None when there is none."""
        try:
            name = (self.folder / "current").read_text("ascii")
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        generation = self.folder / Path(name).name
        return generation if name and generation.is_dir() else None

    def state(self) -> State:
        """READY, MISSING or STALE by the names and versions alone; the files are not opened."""
        current = self.current()
        if current is None:
            return State.MISSING
        return State.READY if version_of(current) == VERSION else State.STALE

    def new(self) -> Path:
        """An empty generation that nobody reads yet; to be called with the lock of changes held."""
        numbers = [int(folder.name.removeprefix("g-")) for folder in self.folder.glob("g-*")]
        generation = self.folder / f"g-{max(numbers, default=0) + 1}"
        generation.mkdir(parents=True)
        try:
            (generation / "version").write_text(VERSION, "ascii")
        except OSError:
            shutil.rmtree(generation)
            raise
        return generation

    def sweep(self) -> None:
        """Remove what an interrupted build left behind, or the next one does; to be called with both locks held."""
        current = self.current()
        for left in self.folder.glob("g-*"):
            if left != current:
                shutil.rmtree(left, ignore_errors=True)  # an engine that ended badly may still be writing

    def publish(self, generation: Path) -> None:
        """Let this generation answer from now on and remove the one before, with every byte of it."""
        before = self.current()
        pointer = self.folder / "current.new"
        with pointer.open("w", encoding="ascii") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.folder / "current")
        sync_folder(self.folder)
        if before is not None and before != generation:
            shutil.rmtree(before)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock of changes: short, waited for."""
        with self._locked("lock", fcntl.LOCK_EX):
            yield

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the lock of a build and note changes meanwhile; raise RebuildRunning when somebody holds it."""
        try:
            with self._locked("build.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
                with self.changing():
                    self._changes.write_text("", "utf-8")
                try:
                    yield
                finally:
                    self._changes.unlink(missing_ok=True)
        except BlockingIOError as error:
            raise RebuildRunning from error

    def note(self, key: str) -> None:
        """Say that a document was changed; to be called with the lock of changes held."""
        if self._changes.exists():
            with self._changes.open("a", encoding="utf-8") as file:
                file.write(f"{key}\n")

    def noted(self) -> list[str]:
        """The keys that were changed since the build began, each once."""
        return list(dict.fromkeys(self._changes.read_text("utf-8").split("\n")[:-1]))

    @contextmanager
    def _locked(self, name: str, how: int) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("w") as file:
            fcntl.flock(file, how)
            yield


def answers(generation: Path) -> bool:
    """Whether a generation can be asked: one whose words another analysis has made finds hardly less."""
    return version_of(generation).partition(".")[0] == SHAPE


def version_of(generation: Path) -> str:
    """The version that a generation was made with, "" when it does not say."""
    try:
        return (generation / "version").read_text("ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
