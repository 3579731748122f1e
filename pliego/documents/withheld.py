"""Bytes that the operator has taken down."""

from django.db import models
from django.utils import timezone


class Withheld(models.Model):
    """Bytes that the operator has taken down: no document of them is open to anybody, and they are not taken in."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    statement = models.TextField(max_length=2000)
    """Why, for everybody who comes to the address of such a document."""
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256
