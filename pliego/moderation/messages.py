"""Messages to the operator: taking them in, and what becomes of them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from pliego.documents.names import one_line
from pliego.documents.tasks import wake
from pliego.errors import NotFound
from pliego.moderation import limits, tasks
from pliego.moderation.models import Message

MOST_OF_ONE = 5
"""Messages of one network within an hour."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody writes; see Message for the fields."""

    topic: str
    text: str
    page: str = ""
    name: str = ""
    email: str = ""


def receive(letter: Letter, nonce: str, address: str) -> None:
    """Keep a message; the same form sent again changes nothing. Raise TooMany of too many, from one place or in all."""
    if Message.objects.filter(nonce=nonce).exists():
        return
    limits.written(Message)
    limits.count("message", address, MOST_OF_ONE, limits.HOUR)
    Message.objects.get_or_create(
        nonce=nonce,
        defaults={
            "topic": letter.topic,
            "text": letter.text,
            "page": letter.page,
            "name": one_line(letter.name),
            "email": letter.email,
            "language": get_language() or "",
        },
    )
    wake(tasks.send_letters)


def listed(*, done: bool = False) -> QuerySet[Message]:
    """The messages that wait for the operator, oldest first; those that are done as well if wished."""
    found = Message.objects.order_by("created_at")
    return found if done else found.filter(done_at=None)


def finish(number: int) -> None:
    """Note that the operator is done with a message; raise NotFound of one that is not there."""
    if not Message.objects.filter(pk=number).update(done_at=timezone.now()):
        raise NotFound


def delete(number: int) -> None:
    """Forget a message; raise NotFound of one that is not there."""
    if not Message.objects.filter(pk=number).delete()[0]:
        raise NotFound
