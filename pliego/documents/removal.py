"""Deleting a document for good: its row at once, the bytes of all its versions when nothing else uses them."""

from django.db import transaction

from pliego.documents import tasks, upkeep
from pliego.documents.models import Document, Version

AT_ONCE = 500
"""Documents that one sweep deletes: the next one begins a minute later, and all have to leave room for reading."""


def remove(document: Document) -> None:
    """Delete the document. Its address answers 404 from the next request on."""
    with transaction.atomic():  # no version can come between
        now = Document.objects.filter(pk=document.pk).values_list("file", flat=True)
        earlier = Version.objects.filter(document=document.pk).values_list("file", flat=True)
        held = {*now, *earlier}
        Document.objects.filter(pk=document.pk).delete()
    for sha256 in sorted(held):
        upkeep.drop_unused(sha256)
    tasks.wake(tasks.forget, document.pk)
