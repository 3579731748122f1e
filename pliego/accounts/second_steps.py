"""Codes of the second step, each good once: in every web process, and for as long as it would be taken."""

import time

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

_SPENT = "spent"
"""In an authenticator's data: codes that were used, and until when they are remembered."""
_TAKEN_FOR = (2 * settings.MFA_TOTP_TOLERANCE + 1) * 30 + 30
"""Seconds: the periods in which a code is taken, and one more."""


def spend(authenticator: Authenticator, code: str) -> bool:
    """Note that a right code of an authenticator app is used; False of one that was before."""
    with transaction.atomic():
        kept = Authenticator.objects.get(pk=authenticator.pk)
        now, code = time.time(), normalize_user_code(code)
        spent = {used: until for used, until in kept.data.get(_SPENT, {}).items() if until > now}
        if code in spent:
            return False
        kept.data[_SPENT] = {**spent, code: now + _TAKEN_FOR}
        kept.save(update_fields=["data"])
    return True
