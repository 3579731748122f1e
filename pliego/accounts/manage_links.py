"""The secret manage link of a document shared without an account: only its hash is ever stored."""

import hashlib
import secrets


def new_token() -> str:
    """Return a fresh 128-bit secret for an address."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal: the token has 128 random bits, so no salt or slow hash is due."""
    return hashlib.sha256(token.encode()).hexdigest()
