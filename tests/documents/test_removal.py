import pytest

from pliego.documents.engines import blobs, derived, pictures
from pliego.documents.models import Document, File
from pliego.documents.queue import queue
from pliego.documents.removal import remove
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def test_nothing_is_left_of_a_removed_document() -> None:
    document = share("borrado").document
    remove(document)
    assert not File.objects.exists()
    assert blobs().head(document.file_id) is None
    assert derived().names(document.file_id) == []
    assert not list(pictures().root.glob(f"*/{document.file_id}*"))
    assert (document.pk,) in [task.args for task in queue.pending()]  # for the search index to forget it


def test_bytes_that_another_document_uses_stay() -> None:
    first = share("compartido").document
    second = share("compartido").document
    remove(first)
    assert Document.objects.get() == second
    assert blobs().head(second.file_id)
    assert derived().names(second.file_id)


def test_removing_twice_is_no_error() -> None:
    document = share("dos veces", read=False).document
    remove(document)
    remove(document)
