"""Who works on what: a worker takes a row by one conditional UPDATE, with a token and a lease.

Every later save names the token, so that a worker whose lease ran out and was taken over can no longer write. The table
has the columns ``lease_token``, ``lease_until`` and ``tries``.
"""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

LEASE = timedelta(seconds=60)
"""Longer than the longest single call of the reader, so that a living worker never loses what it holds."""


class LostLease(Exception):
    """Somebody else has taken the row over, or it is gone."""


class Lease:
    """The right to write to the row of ``rows`` with this key."""

    def __init__(self, rows: "models.QuerySet[Any]", key: str, token: str) -> None:
        self.key = key
        self._rows = rows.filter(pk=key, lease_token=token)

    def save(self, **columns: Any) -> None:
        """Write columns and extend the lease; raise LostLease when it is gone."""
        self._update(lease_until=timezone.now() + LEASE, **columns)

    def keep(self) -> None:
        """Extend the lease and write nothing else; raise LostLease when it is gone."""
        Lease.save(self)

    def release(self, **columns: Any) -> None:
        """Write columns and let go."""
        self._update(lease_until=None, lease_token="", **columns)

    def _update(self, **columns: Any) -> None:
        if not self._rows.update(**columns):
            raise LostLease(self.key)


def unclaimed(now: datetime) -> Q:
    """Rows that nobody holds a live lease on. One that ends later than any can is of a clock set back since."""
    return Q(lease_until__isnull=True) | Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * LEASE)


def take(rows: "models.QuerySet[Any]", waiting: "models.QuerySet[Any]", key: str, now: datetime, **columns: Any) -> str:
    """Take the row with this key if it is among those that wait, and count a try; its token, "" when it is not."""
    token = token_hex(16)
    taken = rows.filter(pk=key, pk__in=waiting.values("pk")).update(
        lease_token=token, lease_until=now + LEASE, tries=F("tries") + 1, **columns
    )
    return token if taken else ""
