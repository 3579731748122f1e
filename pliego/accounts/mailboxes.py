"""E-mail addresses that letters can be written to."""

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email


def check_mailbox(email: str) -> None:
    """Raise ValidationError for what is no address, and for one whose host's name has no form that mail knows."""
    validate_email(email)
    try:
        EmailMessage(to=[email]).message()
    except ValueError as error:
        raise ValidationError(validate_email.message, code=validate_email.code) from error
