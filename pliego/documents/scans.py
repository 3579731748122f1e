"""Which pages of a file are pictures without words, and how far the recognition of their words has come."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from pliego.documents.engines import reader, sidecar
from pliego.documents.models import File
from pliego.documents.reading import readable_path
from pliego.errors import ReaderStopped, UnreadablePdf

Runs = list[tuple[int, int]]
"""Page numbers as runs: first and last."""


def find_scanned(file: File) -> list[int]:
    """The pages with hardly a word that pictures cover. Their text must have been read. Raise ReaderBusy."""
    bare = [page.number for page in sidecar(file.sha256).pages(1, file.readable_pages) if page.is_bare]
    if not bare:
        return []
    try:
        return reader().scanned_pages(readable_path(file), bare)
    except (ReaderStopped, UnreadablePdf):
        return []  # a reader that dies over its pictures would die over each of them later


def runs_of(numbers: Iterable[int]) -> Runs:
    """Ascending page numbers as runs."""
    runs: Runs = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def pages_of(runs: Iterable[Iterable[int]]) -> Iterator[int]:
    """The page numbers of runs, in order."""
    for first, last in runs:
        yield from range(first, last + 1)


def count(file: File) -> int:
    """How many pages of the file are scans."""
    return sum(last - first + 1 for first, last in file.scanned)


def waiting() -> list[str]:
    """Checksums of files whose scans nobody recognises at this moment, those that came first first."""
    return list(File.objects.scans_waiting(timezone.now()).values_list("sha256", flat=True)[:100])
