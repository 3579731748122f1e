"""Who works on what: a worker claims a file by one conditional UPDATE, with a token and a lease.

Every later save names the token, so that a worker whose lease ran out and was taken over can no longer write. A claim
counts as a try until the work makes progress: what kills its reader three times in a row is given up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from pliego.documents.models import Document, File, FileQuerySet

LEASE = timedelta(seconds=60)
"""Longer than the longest single call of the reader, so that a living worker never loses its claim."""


class LostClaim(Exception):
    """Somebody else has taken the file over, or it was deleted."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to write to one file."""

    sha256: str
    token: str

    def save(self, **columns: Any) -> None:
        """Write columns, extend the lease and start counting tries anew; raise LostClaim when it is gone."""
        self._update(lease_until=timezone.now() + LEASE, tries=0, **columns)

    def save_on(self, file: File, **columns: Any) -> None:
        """Save, and note the same on this copy of the row."""
        self.save(**columns)
        for name, value in columns.items():
            setattr(file, name, value)

    def release(self, **columns: Any) -> None:
        """Write columns and let go."""
        self._update(lease_until=None, lease_token="", **columns)

    def keep(self) -> None:
        """Extend the lease and write nothing else; raise LostClaim when it is gone."""
        held = File.objects.filter(sha256=self.sha256, lease_token=self.token)
        if not held.update(lease_until=timezone.now() + LEASE):
            raise LostClaim(self.sha256)

    def put_back(self) -> None:
        """Let go of what could not be tried at all: it does not count as a try."""
        self.release(tries=Greatest(F("tries") - 1, 0))

    def _update(self, **columns: Any) -> None:
        held = File.objects.filter(sha256=self.sha256, lease_token=self.token)
        with transaction.atomic():  # one commit waits for the disk once
            if not held.update(**columns):
                raise LostClaim(self.sha256)
            Document.objects.filter(file_id=self.sha256).revised()


def claim_scan(sha256: str, now: datetime | None = None) -> Claim | None:
    """Take a file that is read and has scans left to recognise; None when there is none or somebody holds it."""
    now = now or timezone.now()
    return _taken(sha256, File.objects.scans_waiting(now), now)


def claim(sha256: str, now: datetime | None = None) -> Claim | None:
    """Take a file that has work left; None when there is none or somebody holds it."""
    now = now or timezone.now()
    return _taken(sha256, File.objects.waiting(now), now)


def _taken(sha256: str, waiting: FileQuerySet, now: datetime) -> Claim | None:
    token = token_hex(16)
    taken = (
        File.objects.filter(sha256=sha256, pk__in=waiting.values("pk"))
        .update(lease_token=token, lease_until=now + LEASE, tries=F("tries") + 1)
    )  # fmt: skip
    return Claim(sha256, token) if taken else None
