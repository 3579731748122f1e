"""The form that opens an account."""

from typing import Any

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from pliego.accounts.invitations import spend
from pliego.accounts.models import Person
from pliego.web.gatekeeper import INVITATION


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth is not typed throughout
    """The form of allauth, which takes as long for an address that has an account as for any other."""

    account_already_exists: bool

    def validate_unique_email(self, value: str) -> str:
        """Note whether an account has this address; one that was told for another, not confirmed, keeps nobody out."""
        email = str(super().validate_unique_email(value))
        self.account_already_exists = Person.objects.filter(email=email.lower()).exists()
        return email

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """Open the account, or let a letter say that there is one."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # the time that hashing takes would tell of the account
        try:
            with transaction.atomic():
                return self._saved(request)
        except IntegrityError:  # somebody has opened it at the same moment
            self.account_already_exists = True
            return self._saved(request)

    def _saved(self, request: HttpRequest) -> tuple[Any, Any]:
        saved: tuple[Any, Any] = super().try_save(request)
        if saved[0]:
            spend(request.session.get(INVITATION, ""))
        return saved
