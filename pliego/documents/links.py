"""The tables of links that lead to a document by another address than its own."""

from django.db import models
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
