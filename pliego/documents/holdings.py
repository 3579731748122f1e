"""What an account holds, in numbers."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from pliego.accounts.viewer import Viewer
from pliego.documents.models import Document


@dataclass(frozen=True, slots=True)
class Held:
    """Documents and their bytes; a file that was shared twice counts twice. What lies in the trash counts."""

    documents: int
    size: int


def held_by(viewer: Viewer) -> Held:
    """Count what belongs to the account of this person."""
    counted = Document.objects.of_account(viewer).aggregate(documents=Count("pk"), size=Sum("file__size"))
    return Held(counted["documents"], counted["size"] or 0)
