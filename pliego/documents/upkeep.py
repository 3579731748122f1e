"""Giving back what is needed no more: bytes that no version of a document uses, abandoned transfers, memory."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from pliego import memory
from pliego.documents.engines import blobs, derived, index, pictures
from pliego.documents.models import File

ABANDONED = timedelta(days=1)


def collect_garbage() -> int:
    """Delete bytes that no document uses (a crash between file and row left them) and give their number."""
    blobs().sweep(ABANDONED.total_seconds())
    derived().sweep(ABANDONED.total_seconds())
    known_before = timezone.now() - ABANDONED
    removed = 0
    for key in blobs().list():
        head = blobs().head(key)
        if head and head.modified < known_before and drop_unused(key):
            removed += 1
    return removed


def drop_unused(sha256: str) -> bool:
    """Delete the bytes of a checksum and all that was derived from them, unless a row still needs them.

    Runs inside a write transaction, as intake does, so that the same bytes arriving at this moment are safe. While a
    backup is made nothing is deleted: that is done at its end (drop_all_unused).
    """
    with transaction.atomic():
        if blobs().deletions_held():
            return False
        File.objects.filter(sha256=sha256, documents__isnull=True, versions__isnull=True).delete()
        if File.objects.filter(sha256=sha256).exists():
            return False
        removed: bool = blobs().delete(sha256)
        derived().delete(sha256)
    pictures().delete(sha256)
    return removed


def drop_all_unused() -> int:
    """Delete what no document uses and is known to the database; give the number of files."""
    unused = File.objects.filter(documents__isnull=True, versions__isnull=True)
    return sum(drop_unused(sha256) for sha256 in list(unused.values_list("pk", flat=True)))


def drop_derived_of_gone(sha256: str) -> None:
    """Delete what was still being read from a file while its last document was removed."""
    with transaction.atomic():
        if File.objects.filter(sha256=sha256).exists():
            return
        derived().delete(sha256)
    pictures().delete(sha256)


def know_sizes() -> None:
    """Let the database know how large its tables have become, for it to choose how it looks things up."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit=1000")  # entries of each index that are looked at
        cursor.execute("ANALYZE")


def give_back_memory() -> None:
    """Give back to the system what only the work of the minutes before has needed."""
    index().rest()
    memory.trim()
