"""The forms that take what a passkey has signed. Anybody may send anything in its place, and it is refused."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as allauth
from django.forms import HiddenInput, JSONField

_UNREADABLE = (AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error)
"""What the library that reads JSON and CBOR stumbles with over bytes that no passkey has made."""


@contextmanager
def _refused() -> Iterator[None]:
    """Refuse what cannot be read as a wrong code is."""
    try:
        yield
    except _UNREADABLE as error:
        raise get_adapter().validation_error("incorrect_code") from error


class Credential(JSONField):
    """What a browser hands over of a passkey."""

    widget = HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return what the JSON says; raise ValidationError of none, and of what is too deep to be read."""
        with _refused():
            return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 - as Django calls it
        """Show nothing again of what was sent: it was good for one try."""
        return None


class _Signed(allauth.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth is not typed throughout
    credential = Credential()

    def clean_credential(self) -> Authenticator:
        """Return the passkey that has signed it."""
        with _refused():
            return super().clean_credential()


class AuthenticateForm(_Signed):
    """Signs in by a passkey after the password."""


class LoginForm(_Signed, allauth.LoginWebAuthnForm):  # type: ignore[misc]  # as above
    """Signs in by a passkey alone."""


class ReauthenticateForm(_Signed, allauth.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """Asks once more before what matters."""


class AddForm(allauth.AddWebAuthnForm):  # type: ignore[misc]  # as above
    """Adds a passkey to an account."""

    credential = Credential()

    def clean(self) -> dict[str, Any]:
        """Check what the new passkey says of itself."""
        with _refused():
            return dict(super().clean())
