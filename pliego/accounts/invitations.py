"""Invitations: a signed word that lets one e-mail address open an account. Nothing is stored."""

from django.conf import settings
from django.core import signing

_SALT = "pliego.accounts.invitations"
VALID_DAYS = 14


def invitation_for(email: str) -> str:
    """Return the word for an address; it is spent once the address has its account."""
    return signing.dumps(email.strip().lower(), salt=_SALT)


def invited(invitation: str) -> str:
    """Return the address that an invitation is for, "" for a forged or an old one."""
    try:
        return str(signing.loads(invitation, salt=_SALT, max_age=VALID_DAYS * 24 * 3600))
    except signing.BadSignature:
        return ""


def may_sign_up(invitation: str) -> bool:
    """Whether somebody with this invitation, or "" for none, may open an account here."""
    return settings.SIGN_UP == "open" or (settings.SIGN_UP == "invitation" and bool(invited(invitation)))
