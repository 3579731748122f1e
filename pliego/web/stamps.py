"""The stamp of a form that anybody may send: when it was opened, signed, and a number of its own.

People take a few seconds to write; programs that fill in forms do not, or keep a form for later.
"""

import secrets
from datetime import timedelta

from django.core import signing

LEAST = timedelta(seconds=3)
MOST = timedelta(days=1)
_SALT = "pliego.form"


class TooNew(Exception):
    """The form was opened a moment ago."""


class TooOld(Exception):
    """The form was opened long ago, or its stamp is not one of ours."""


def new_stamp() -> str:
    """Return a stamp of this moment."""
    return signing.TimestampSigner(salt=_SALT).sign(secrets.token_hex(16))


def nonce_of(stamp: str) -> str:
    """Return the number of a stamp; raise TooNew or TooOld."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        nonce = signer.unsign(stamp, max_age=MOST)
    except signing.BadSignature as error:
        raise TooOld from error
    try:
        signer.unsign(stamp, max_age=LEAST)
    except signing.SignatureExpired:
        return nonce
    raise TooNew
