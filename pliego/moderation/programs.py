"""Programs that bring the key of an account: whose it is, and how much and how often they may ask."""

from datetime import timedelta

from django.http import HttpRequest

from pliego.accounts import api_keys
from pliego.accounts.callers import bearer_of, client_address
from pliego.errors import NeedsKey
from pliego.moderation import limits

WRONG_KEYS = 30
"""From one network within an hour."""
REQUESTS = 600
"""With one key within a minute, in each web process."""


def account_of(request: HttpRequest) -> int | None:
    """Return the account whose key a request brings; None when it brings none.

    A page of another site cannot send one: browsers ask the site first, which allows it to nobody. Raise NeedsKey,
    KeyReadsOnly, TooMany of a network that tries keys, and TooFast.
    """
    secret = bearer_of(request)
    if not secret:
        return None
    try:
        key = api_keys.named_by(secret, writes=request.method not in {"GET", "HEAD"})
    except NeedsKey:
        limits.count("key", client_address(request), WRONG_KEYS, timedelta(hours=1))
        raise
    if key is None:
        return None
    limits.pace(f"key-{key.pk}", REQUESTS)
    return key.person_id
