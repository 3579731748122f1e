"""Keys with which programs act for an account: told once, kept as a hash alone, gone as soon as they are revoked."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pliego.accounts.manage_links import token_hash
from pliego.accounts.models import ApiKey, Person
from pliego.accounts.viewer import Viewer
from pliego.errors import KeyReadsOnly, NeedsKey, NoRoomForMore, NotFound

PREFIX = "pliego_"
"""Tells a key from the secret of a manage link, and scanners of published code what they have found."""
MOST = 20
"""Keys of one account."""
NOTED_EVERY = timedelta(minutes=5)
"""How exact the moment of the last use is: not every request writes."""


def make(viewer: Viewer, name: str, *, may_write: bool) -> tuple[ApiKey, str]:
    """Make a key; its secret is told here and never again. Raise NoRoomForMore."""
    secret = PREFIX + secrets.token_urlsafe(24)
    with transaction.atomic():
        owner = Person.objects.select_for_update().get(pk=viewer.person or 0)
        if owner.api_keys.count() >= MOST:
            raise NoRoomForMore(most=MOST)
        key = ApiKey.objects.create(
            person=owner, name=name.strip()[:100], may_write=may_write, secret_hash=token_hash(secret)
        )
    return key, secret


def keys_of(viewer: Viewer) -> list[ApiKey]:
    """Return the keys of the account that is signed in, the newest first."""
    return list(ApiKey.objects.filter(person=viewer.person).order_by("-pk"))


def revoke(viewer: Viewer, number: int) -> None:
    """End a key of this account for good; raise NotFound."""
    gone, _ = ApiKey.objects.filter(person=viewer.person, pk=number).delete()
    if not gone:
        raise NotFound


def named_by(secret: str, *, writes: bool) -> ApiKey | None:
    """Return the key of a secret and note its use; None of a secret that is no key but something else.

    Raise NeedsKey of one that was made up or revoked, or whose account is closed, and KeyReadsOnly where a reading
    key would write.
    """
    if not secret.startswith(PREFIX):
        return None
    key = ApiKey.objects.filter(secret_hash=token_hash(secret), person__is_active=True).first()
    if key is None:
        raise NeedsKey
    if writes and not key.may_write:
        raise KeyReadsOnly
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at < now - NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key
