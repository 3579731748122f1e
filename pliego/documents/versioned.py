"""The table of earlier versions."""

from copy import copy
from typing import TYPE_CHECKING

from django.db import models

from pliego.documents.queries import VersionQuerySet

if TYPE_CHECKING:
    from pliego.documents.models import Document


class Version(models.Model):
    """What a document was before its file was replaced. The row of the document itself is its newest version."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    """Counted from 1; a number is never given twice."""
    file = models.ForeignKey("documents.File", on_delete=models.PROTECT, related_name="versions")
    original_name = models.CharField(max_length=300)
    unlocked = models.BooleanField(default=False)
    """As in Document."""
    created_at = models.DateTimeField()
    """When it came; it went when the next one did."""
    changes = models.JSONField(null=True)
    """What the next version that is left does otherwise (see comparing.py); None until it is told."""

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_once")]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(changes__isnull=True), name="version_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"

    def pinned(self, document: "Document") -> "Document":
        """The document as it was, to be shown and never to be saved."""
        was = copy(document)
        was.file = self.file
        was.original_name, was.unlocked = self.original_name, self.unlocked
        was.version, was.version_at, was.pinned = self.number, self.created_at, True
        return was
