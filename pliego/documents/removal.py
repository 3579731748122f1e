"""Deleting a document for good: its row at once, its bytes when no other document uses them."""

from pliego.documents import tasks, upkeep
from pliego.documents.models import Document


def remove(document: Document) -> None:
    """Delete the document. Its address answers 404 from the next request on."""
    sha256 = document.file_id
    Document.objects.filter(pk=document.pk).delete()
    upkeep.drop_unused(sha256)
    tasks.wake(tasks.forget, document.pk)
