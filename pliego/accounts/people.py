"""What the operator does with accounts."""

from collections.abc import Iterator
from contextlib import suppress

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.urls import reverse

from pliego.accounts.mailboxes import check_mailbox
from pliego.accounts.models import Person
from pliego.errors import AddressTaken, BadRequest


def checked_address(email: str) -> str:
    """Return an e-mail address in lower case; raise BadRequest for what is none, AddressTaken for a known one."""
    known = email.strip().lower()
    try:
        check_mailbox(known)
    except ValidationError as error:
        raise BadRequest(what="e-mail") from error
    if Person.objects.filter(email=known).exists():
        raise AddressTaken
    return known


def add(email: str) -> Person:
    """Open an account for a known address; it has no password until its person chooses one."""
    with transaction.atomic():
        person = Person.objects.create_user(checked_address(email))
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def take_address(key: int, email: str) -> bool:
    """Make an address that of an account; False when another was opened with it meanwhile, confirmed or not.

    It is taken before anything else is noted of it: two who confirm it at the same instant are told apart here.
    """
    with suppress(IntegrityError), transaction.atomic():
        return bool(Person.objects.filter(pk=key).update(email=email.lower()))
    return False


def password_path(person: Person) -> str:
    """Return the path of the page where this person chooses a password, once and within three days."""
    token = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": token})


def with_documents() -> Iterator[tuple[Person, int]]:
    """Everybody with the number of their documents, those who came first before the others."""
    counted = Count("documents")
    yield from ((person, person.counted) for person in Person.objects.annotate(counted=counted).order_by("date_joined"))
