"""The forms that ask for a code of the second step."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from django.db import transaction

from pliego.accounts.second_steps import spend


class _Once(forms.BaseAuthenticateForm):  # type: ignore[misc]  # allauth is not typed throughout
    """Takes a code once. Those who bring the same one at the same instant come one after the other."""

    def clean_code(self) -> str:
        """Check it, and note that it is used."""
        with transaction.atomic():  # begins with the lock for writing: spare codes are looked up and crossed off within
            code = str(super().clean_code())
            if self.authenticator.type == Authenticator.Type.TOTP and not spend(self.authenticator, code):
                raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_Once, forms.AuthenticateForm):  # type: ignore[misc]  # as above
    """Signs in."""


class ReauthenticateForm(_Once, forms.ReauthenticateForm):  # type: ignore[misc]  # as above
    """Asks once more before what matters."""
