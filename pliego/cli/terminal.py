"""Talking to the person at the terminal: on stderr, so that stdout carries data alone."""

import sys

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

console = Console(stderr=True, highlight=False)


def talk(sentence: str) -> None:
    """Say one sentence on stderr."""
    print(sentence, file=sys.stderr)  # noqa: T201 - this is the terminal's voice


def write(line: str) -> None:
    """Write one line of data to stdout."""
    print(line)  # noqa: T201 - this is the command's answer


def bytes_progress(*, quiet: bool) -> Progress:
    """A bar that counts bytes; nothing without a terminal or when quiet."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=quiet or not console.is_terminal, transient=True)


def percent_progress(*, quiet: bool) -> Progress:
    """A bar that counts per cent and is drawn only when it is told to, without a thread of its own."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    off = quiet or not console.is_terminal
    return Progress(*columns, console=console, disable=off, transient=True, auto_refresh=False)


def count_progress(*, quiet: bool) -> Progress:
    """A bar that counts things; nothing without a terminal or when quiet."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=quiet or not console.is_terminal, transient=True)
