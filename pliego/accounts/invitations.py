"""Invitations: a signed word that lets one e-mail address open an account, once. Only that it was spent is stored."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.utils import timezone

from pliego.accounts.models import SpentInvitation

_SALT = "pliego.accounts.invitations"
VALID_DAYS = 14


def invitation_for(email: str) -> str:
    """Return the word for an address; it is spent once an account was opened with it."""
    return signing.dumps(email.strip().lower(), salt=_SALT)


def invited(invitation: str) -> str:
    """Return the address that an invitation is for, "" for a forged, an old or a spent one."""
    try:
        email = str(signing.loads(invitation, salt=_SALT, max_age=VALID_DAYS * 24 * 3600))
    except signing.BadSignature:
        return ""
    return "" if SpentInvitation.objects.filter(pk=_trace(invitation)).exists() else email


def may_sign_up(invitation: str) -> bool:
    """Whether somebody with this invitation, or "" for none, may open an account here."""
    return settings.SIGN_UP == "open" or (settings.SIGN_UP == "invitation" and bool(invited(invitation)))


def spend(invitation: str) -> None:
    """Note that an account is opened with it, in the same transaction. Raise IntegrityError when one was before."""
    if invited(invitation):
        SpentInvitation.objects.create(pk=_trace(invitation))


def forget() -> None:
    """Delete the traces of invitations that are too old to be good."""
    SpentInvitation.objects.filter(spent_at__lt=timezone.now() - timedelta(days=VALID_DAYS + 1)).delete()


def _trace(invitation: str) -> str:
    return hashlib.sha256(invitation.encode(errors="replace")).hexdigest()
