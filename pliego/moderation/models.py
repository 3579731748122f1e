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


class Reason(models.TextChoices):
    """Why a document should not be here."""

    DATA = "data"
    """It shows personal data."""
    RIGHTS = "rights"
    """It is the work of somebody else."""
    ILLEGAL = "illegal"
    OTHER = "other"


class Letter(models.Model):
    """Something that somebody has written. It stays until the operator deletes it."""

    nonce = models.CharField(max_length=32, unique=True)
    """Of the form it came with: the same form sent twice is one letter."""
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    text = models.TextField(max_length=5000)
    page = models.CharField(max_length=300, blank=True)
    """The address that it is about."""
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    """"" of a sender who wants no answer."""
    language = models.CharField(max_length=8)
    """Of the form, and so of what its sender is told."""
    mailed_at = models.DateTimeField(null=True)
    """When it was sent to the operator's mailbox."""
    receipt_at = models.DateTimeField(null=True)
    """When its sender was told by mail that it arrived."""

    class Meta:
        abstract = True


class Message(Letter):
    """A message to the operator."""

    topic = models.CharField(max_length=8, choices=Topic)
    done_at = models.DateTimeField(null=True)
    """When the operator was done with it."""

    class Meta:
        indexes = [models.Index(fields=["receipt_at"], name="message_receipt")]

    def __str__(self) -> str:
        return f"{self.pk} {self.topic} {self.created_at:%Y-%m-%d}"


class Decision(models.TextChoices):
    """What came of a notice."""

    HIDDEN = "hidden"
    DISMISSED = "dismissed"


class Notice(Letter):
    """That a document should not be here, written in good faith by somebody who gives a name and an address."""

    document_id = models.CharField(max_length=16, db_index=True)
    sha256 = models.CharField(max_length=64)
    """Of its file, which is what a decision is about."""
    reason = models.CharField(max_length=8, choices=Reason)
    decision = models.CharField(max_length=9, choices=Decision, blank=True)
    statement = models.TextField(max_length=2000, blank=True)
    """The operator's reasons."""
    decided_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    """When its sender was told of the decision by mail."""

    class Meta:
        indexes = [models.Index(fields=["receipt_at"], name="notice_receipt")]

    def __str__(self) -> str:
        return f"{self.pk} {self.reason} {self.document_id}"


class Attempt(models.Model):
    """That somebody did something that is limited: a keyed hash of the network, kept for a day."""

    kind = models.CharField(max_length=16)
    who = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["kind", "who", "made_at"], name="attempt_counted")]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d %H:%M}"
