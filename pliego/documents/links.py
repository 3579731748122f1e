"""The tables of links that lead to a document by another address than its own."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

SHORT_LENGTH = 10
"""10 characters of base58 are 58 bits: a million of them hide from ten thousand guesses a second for a year."""


class ShortLink(models.Model):
    """The short address of a document; one is enough."""

    short = models.CharField(max_length=SHORT_LENGTH, primary_key=True)
    document = models.OneToOneField("documents.Document", on_delete=models.CASCADE, related_name="short_link")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.short


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    """Questions about many share links."""

    def alive(self, now: datetime) -> Self:
        """Those that are neither revoked nor expired; who has come in by them may stay."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at=None)

    def open(self, now: datetime) -> Self:
        """Those that let one more visitor in."""
        return self.alive(now).filter(Q(view_limit__isnull=True) | Q(views__lt=F("view_limit")))


class ShareLink(models.Model):
    """A secret address that lets in whoever has it, as far and as long as its owner says."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="share_links")
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=100, blank=True)
    """For whom it is; its owner alone reads this and the note."""
    note = models.TextField(max_length=1000, blank=True)
    password = models.CharField(max_length=200, blank=True)
    """As Django's hashers write it, "" without one."""
    expires_at = models.DateTimeField(null=True, blank=True)
    view_limit = models.PositiveIntegerField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0)
    """How often somebody came in by it."""
    last_used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    objects = ShareLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.document_id} {self.label}"

    @property
    def asks(self) -> bool:
        """Whether it asks before it lets in: for a password, or not to spend a view on a program that looks ahead."""
        return bool(self.password) or self.view_limit is not None

    @property
    def views_left(self) -> int:
        """How many more it lets in, 0 without a limit too."""
        return max((self.view_limit or 0) - self.views, 0)

    @property
    def end(self) -> str:
        """Why it lets nobody in any more: "revoked", "expired" or "used up"; "" while it does."""
        if self.revoked_at:
            return "revoked"
        if self.expires_at and self.expires_at <= timezone.now():
            return "expired"
        return "used up" if self.view_limit is not None and self.views >= self.view_limit else ""


class Guess(models.Model):
    """A password that was tried on a share link, known only by when and by a keyed hash of the address it came from."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE)
    caller = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["link", "made_at"], name="guess_of_link")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.made_at:%H:%M}"
