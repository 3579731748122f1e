"""Talking to the person at the terminal: on stderr, so that stdout carries data alone."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
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

console = Console(stderr=True, highlight=False, soft_wrap=True)
"""Lines that are written while a bar is shown go through it: none is broken, or a link could not be clicked."""
# What a terminal obeys instead of showing it: controls, changes of direction, and bytes of a name that are no UTF-8.
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """What strangers may have written, with each character that commands a terminal as JSON escapes it."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def talk(sentence: str) -> None:
    """Say one sentence on stderr."""
    print(harmless(sentence), file=sys.stderr)  # noqa: T201 - this is the terminal's voice


def write(line: str) -> None:
    """Write one line of data to stdout."""
    print(harmless(line))  # noqa: T201 - this is the command's answer


def write_answer(told: Mapping[str, object], *, as_json: bool) -> None:
    """Write what is told of one thing: a JSON object, or a line for each value and an empty one after them."""
    lines = "".join(f"{key}: {value}\n" for key, value in told.items())
    write(json.dumps(told, ensure_ascii=False) if as_json else lines)


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
