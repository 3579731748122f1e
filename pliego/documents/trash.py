"""The trash: what lies there for thirty days is deleted for good, and its bytes with it.

An account has a page for all that it has put there; who holds a manage link, one for that document.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from pliego.accounts.viewer import Viewer
from pliego.documents import removal, tasks
from pliego.documents.models import Document, DocumentQuerySet
from pliego.errors import NotFound

KEPT = timedelta(days=30)
MOST_SHOWN = 200


def content(viewer: Viewer) -> DocumentQuerySet:
    """What can still be brought back, the latest first."""
    return Document.objects.trash_of(viewer).filter(trashed_at__gt=timezone.now() - KEPT)


def put(document: Document) -> None:
    """Put a document into the trash: nobody sees it from the next request on."""
    Document.objects.kept().filter(pk=document.pk).update(trashed_at=timezone.now())


def one(viewer: Viewer, identifier: str) -> Document:
    """A document that this person may bring back; raise NotFound."""
    found = content(viewer).with_file().filter(pk=identifier).first()
    if found is None:
        raise NotFound
    return found


def holds(viewer: Viewer, identifier: str) -> bool:
    """Whether this person may bring that document back."""
    return content(viewer).filter(pk=identifier).exists()


def until(document: Document) -> datetime:
    """When a document that lies in the trash is deleted for good."""
    return (document.trashed_at or timezone.now()) + KEPT


def restore(viewer: Viewer, keys: list[str]) -> int:
    """Bring documents back and give their number; raise NotFound when one is not in this person's trash."""
    _checked(viewer, keys).update(trashed_at=None)
    tasks.wake(tasks.index_changes)
    return len(set(keys))


def give_up(viewer: Viewer, keys: list[str]) -> int:
    """Let documents go before their time, as if it were over; the sweep deletes them within a minute."""
    _checked(viewer, keys).update(trashed_at=timezone.now() - KEPT)
    return len(set(keys))


def empty(viewer: Viewer) -> int:
    """Let everything in the trash go."""
    count: int = content(viewer).order_by().update(trashed_at=timezone.now() - KEPT)
    return count


def expire() -> int:
    """Delete for good what has lain in the trash for its time, the oldest first, and give its number."""
    over = Document.objects.filter(trashed_at__lte=timezone.now() - KEPT).order_by("trashed_at")[: removal.AT_ONCE]
    for document in over:
        removal.remove(document)
    return len(over)


def _checked(viewer: Viewer, keys: list[str]) -> DocumentQuerySet:
    found = content(viewer).filter(pk__in=keys).order_by()
    if not keys or found.count() != len(set(keys)):
        raise NotFound
    return found
