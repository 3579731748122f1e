"""Closing an account with everything in it."""

from django.db import transaction
from django.utils import timezone

from pliego.accounts.models import Person
from pliego.accounts.viewer import Viewer
from pliego.documents import removal
from pliego.documents.gathered import Collection
from pliego.documents.models import Document, Upload


def close(viewer: Viewer) -> None:
    """Shut the account and hide all it has at once; the sweep then deletes everything for good."""
    if viewer.person is None:
        return
    with transaction.atomic():
        Person.objects.filter(pk=viewer.person).update(is_active=False, closed_at=timezone.now())
        Document.objects.filter(owner=viewer.person).kept().update(trashed_at=timezone.now())
        Collection.objects.of_account(viewer).delete()
        Upload.objects.filter(owner=viewer.person).update(expires_at=timezone.now())  # else one becomes a document yet


def empty_closed() -> int:
    """Delete what closed accounts still hold, then the accounts; give the number of accounts that are gone."""
    gone, room = 0, removal.AT_ONCE
    for person in Person.objects.filter(closed_at__isnull=False):
        Upload.objects.filter(owner=person).delete()  # what has come of them is swept up as abandoned
        for document in Document.objects.filter(owner=person)[:room]:
            removal.remove(document)
            room -= 1
        with transaction.atomic():
            if not Document.objects.filter(owner=person).exists():  # one may have arrived at the last moment
                person.delete()
                gone += 1
    return gone
