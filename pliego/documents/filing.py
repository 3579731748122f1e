"""The tables in which an account keeps order: folders, tags, and the last deed, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.utils import timezone

NAME_LENGTH = 100
TAG_LENGTH = 60


class Folder(models.Model):
    """A place for documents; folders lie in one another, and none lies in itself (see folders.py)."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="folders")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=NAME_LENGTH)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word that an account puts on its documents."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tags")
    text = models.CharField(max_length=TAG_LENGTH)
    folded = models.CharField(max_length=TAG_LENGTH)
    """What counts as the same: without case and accents."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "folded"], name="tag_once")]

    def __str__(self) -> str:
        return self.text


class Deed(models.Model):
    """What an account has last done to many documents at once: as much of it as undoing needs."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=10)
    before = models.JSONField()
    """What was there before, as a list of [value, [identifier, ...]]; of privacy also what was said instead."""
    done_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.verb} {self.done_at:%H:%M}"
