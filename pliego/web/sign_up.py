"""The form that opens an account."""

from typing import Any

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth is not typed throughout
    """The form of allauth, which takes as long for an address that has an account as for any other."""

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """Open the account, or let a letter say that there is one."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # the time that hashing takes would tell of the account
        saved: tuple[Any, Any] = super().try_save(request)
        return saved
