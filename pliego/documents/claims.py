"""Which worker reads which file. A claim is a lease on the file's row; see `leases`.

It counts as a try until the work makes progress: what kills its reader three times in a row is given up.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from pliego.documents.leases import Lease, take
from pliego.documents.models import Document, File, FileQuerySet


class Claim(Lease):
    """The right to write to one file."""

    def __init__(self, sha256: str, token: str) -> None:
        super().__init__(File.objects.all(), sha256, token)

    def save(self, **columns: Any) -> None:
        """Write columns, extend the lease and start counting tries anew; raise LostLease when it is gone."""
        super().save(tries=0, **columns)

    def save_on(self, file: File, **columns: Any) -> None:
        """Save, and note the same on this copy of the row."""
        self.save(**columns)
        for name, value in columns.items():
            setattr(file, name, value)

    def put_back(self) -> None:
        """Let go of what could not be tried at all: it does not count as a try."""
        self.release(tries=Greatest(F("tries") - 1, 0))

    def _update(self, **columns: Any) -> None:
        with transaction.atomic():  # one commit waits for the disk once
            super()._update(**columns)
            if columns.keys() != {"lease_until"}:  # to keep it changes nothing that a page shows
                Document.objects.filter(file_id=self.key).revised()


def claim_scan(sha256: str, now: datetime | None = None) -> Claim | None:
    """Take a file that is read and has scans left to recognise; None when there is none or somebody holds it."""
    now = now or timezone.now()
    return _taken(sha256, File.objects.scans_waiting(now), now)


def claim(sha256: str, now: datetime | None = None) -> Claim | None:
    """Take a file that has work left; None when there is none or somebody holds it."""
    now = now or timezone.now()
    return _taken(sha256, File.objects.waiting(now), now)


def _taken(sha256: str, waiting: FileQuerySet, now: datetime) -> Claim | None:
    token = take(File.objects.all(), waiting, sha256, now)
    return Claim(sha256, token) if token else None
