"""Bars that show the person at the terminal how far something is: on stderr, and only where that is a terminal."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column

from pliego.terminal import harmless

console = Console(stderr=True, highlight=False, soft_wrap=True)
"""Lines that are written while a bar is shown go through it: none is broken, or a link could not be clicked."""


@contextmanager
def bytes_progress(name: str, size: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar for so many bytes; gives what to tell as they come. None without a terminal or when quiet."""
    with _bytes(quiet=quiet) as progress:
        task = progress.add_task(harmless(name).replace("\n", " "), total=size)
        yield lambda count: progress.advance(task, count)


@contextmanager
def growing_progress(name: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """The same where nobody knows how many before: gives what to tell how many have come, and of how many."""
    with _bytes(quiet=quiet) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def percent_progress(*, quiet: bool) -> Progress:
    """A bar that counts per cent and is drawn only when it is told to, without a thread of its own."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    return _progress(columns, quiet=quiet, auto_refresh=False)


def count_progress(*, quiet: bool) -> Progress:
    """A bar that counts things; nothing without a terminal or when quiet."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return _progress(columns, quiet=quiet)


def _bytes(*, quiet: bool) -> Progress:
    words = TextColumn("{task.description}", markup=False, table_column=Column(max_width=40, no_wrap=True))
    return _progress((words, BarColumn(), DownloadColumn(), TimeRemainingColumn()), quiet=quiet)


def _progress(columns: Iterable[ProgressColumn], *, quiet: bool, auto_refresh: bool = True) -> Progress:
    return Progress(
        *columns,
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
        auto_refresh=auto_refresh,
        redirect_stdout=sys.stdout.isatty(),  # else data for a file or another program would come out on stderr
    )
