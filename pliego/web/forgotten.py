"""The form for a forgotten password."""

from allauth.account.forms import ResetPasswordForm

from pliego.accounts.models import Person


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]  # allauth is not typed throughout
    """The form of allauth, which opens an account to its own address alone.

    To one that was told for it and never confirmed it would, too: whoever told somebody else's would share an account
    with them that they take for theirs.
    """

    users: list[Person]

    def clean_email(self) -> str:
        """Find the accounts that have this address."""
        email = str(super().clean_email())
        self.users = [person for person in self.users if person.email == email.lower()]
        return email
