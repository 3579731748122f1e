"""What an account holds, in numbers."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from pliego.accounts.viewer import Viewer
from pliego.documents.models import Document, Version


@dataclass(frozen=True, slots=True)
class Held:
    """Documents and their bytes, those of earlier versions and of what lies in the trash too.

    A file that was shared twice counts twice.
    """

    documents: int
    size: int


def held_by(viewer: Viewer) -> Held:
    """Count what belongs to the account of this person."""
    own = Document.objects.of_account(viewer)
    counted = own.aggregate(documents=Count("pk"), size=Sum("file__size", default=0))
    earlier = Version.objects.filter(document__in=own).size_beside()
    return Held(counted["documents"], counted["size"] + earlier)
