"""Passwords on their way from the web to the worker: sealed in the job's row, and gone from it when the job ends."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings

from pliego.pdf.operation import Kind, Operation

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def seal(password: str) -> str:
    """A password as only this site's secret key opens it."""
    return _box().encrypt(password.encode()).decode()


def unseal(sealed: str) -> str:
    """The password again."""
    return _box().decrypt(sealed.encode()).decode()


def sealed(operation: Operation, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options with every password sealed."""
    secret = _secrets(operation)
    return {name: seal(value) if name in secret else value for name, value in options.items()}


def opened(operation: Operation, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options as they were given."""
    secret = _secrets(operation)
    return {name: unseal(value) if name in secret else value for name, value in options.items()}


def without_secrets(operation: Operation, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that may be kept."""
    secret = _secrets(operation)
    return {name: value for name, value in options.items() if name not in secret}


def _secrets(operation: Operation) -> Sequence[str]:
    return [told.name for told in operation.fields if told.kind is Kind.PASSWORD]


def _box() -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 - 6 MB that a worker has no use for until then

    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"pliego.toolbox" + settings.SECRET_KEY.encode()).digest()))
