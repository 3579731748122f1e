"""The tables: messages to the operator, and the traces that limits count."""

from django.db import models
from django.utils import timezone


class Topic(models.TextChoices):
    """What a message is about."""

    QUESTION = "question"
    DOCUMENT = "document"
    ERROR = "error"
    DATA = "data"
    """Personal data of the sender."""
    OTHER = "other"


class Message(models.Model):
    """Something that somebody has written to the operator. It stays until the operator deletes it."""

    nonce = models.CharField(max_length=32, unique=True)
    """Of the form it came with: the same form sent twice is one message."""
    created_at = models.DateTimeField(default=timezone.now)
    topic = models.CharField(max_length=8, choices=Topic)
    text = models.TextField(max_length=5000)
    page = models.CharField(max_length=300, blank=True)
    """The address that it is about, as its sender wrote it."""
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    """"" of a sender who wants no answer."""
    language = models.CharField(max_length=8)
    """Of the form, and so of the receipt."""
    done_at = models.DateTimeField(null=True)
    """When the operator was done with it."""
    mailed_at = models.DateTimeField(null=True)
    """When it was sent to the operator's mailbox."""
    receipt_at = models.DateTimeField(null=True)
    """When its sender was told by mail that it arrived."""

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="message_created"),
            models.Index(fields=["email", "receipt_at"], name="message_receipt"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.topic} {self.created_at:%Y-%m-%d}"


class Attempt(models.Model):
    """That somebody did something that is limited: a keyed hash of the network, kept for a day."""

    kind = models.CharField(max_length=16)
    who = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["kind", "who", "made_at"], name="attempt_counted")]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d %H:%M}"
