"""Identifiers that cannot be guessed and read well in an address."""

import secrets

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LENGTH = 16
"""16 characters of base58 are 93 bits."""
PATTERN = f"[{BASE58}]{{{LENGTH}}}"


def new_identifier() -> str:
    """Return 16 random base58 characters."""
    return "".join(secrets.choice(BASE58) for _ in range(LENGTH))
