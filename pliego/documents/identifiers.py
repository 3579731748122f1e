"""Identifiers that cannot be guessed and read well in an address."""

import re
import secrets

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LENGTH = 16
"""16 characters of base58 are 93 bits."""
PATTERN = f"[{BASE58}]{{{LENGTH}}}"
PINNED = f"{PATTERN}(?:/v/[1-9][0-9]{{0,5}})?"
"""What an address names: a document as it is now, or as it was in the version of a number."""


def new_identifier() -> str:
    """Return 16 random base58 characters."""
    return "".join(secrets.choice(BASE58) for _ in range(LENGTH))


def parted(named: str) -> tuple[str, int]:
    """The identifier and the number of the version that an address names, 0 without one."""
    identifier, _, number = named.partition("/v/")
    return identifier, int(number or 0)


def named_in(text: str) -> str:
    """The identifier of the document whose address a text is; any other text as it is."""
    found = re.search(rf"/d/({PATTERN})(?:/|$)", text)
    return found[1] if found else text
