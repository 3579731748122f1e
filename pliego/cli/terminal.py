"""Talking to the person at the terminal: on stderr, so that stdout carries data alone."""

import sys
from collections.abc import Iterable

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

console = Console(stderr=True, highlight=False, soft_wrap=True)
"""Lines that are written while a bar is shown go through it: none is broken, or a link could not be clicked."""


def talk(sentence: str) -> None:
    """Say one sentence on stderr."""
    print(sentence, file=sys.stderr)  # noqa: T201 - this is the terminal's voice


def write(line: str) -> None:
    """Write one line of data to stdout."""
    print(line)  # noqa: T201 - this is the command's answer


def bytes_progress(*, quiet: bool) -> Progress:
    """A bar that counts bytes; nothing without a terminal or when quiet."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    return _progress(columns, quiet=quiet)


def percent_progress(*, quiet: bool) -> Progress:
    """A bar that counts per cent and is drawn only when it is told to, without a thread of its own."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    return _progress(columns, quiet=quiet, auto_refresh=False)


def count_progress(*, quiet: bool) -> Progress:
    """A bar that counts things; nothing without a terminal or when quiet."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return _progress(columns, quiet=quiet)


def _progress(columns: Iterable[ProgressColumn], *, quiet: bool, auto_refresh: bool = True) -> Progress:
    return Progress(
        *columns,
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
        auto_refresh=auto_refresh,
        redirect_stdout=sys.stdout.isatty(),  # else data for a file or another program would come out on stderr
    )
