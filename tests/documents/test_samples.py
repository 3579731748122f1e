import pytest

from pliego.documents import processing, samples
from pliego.documents.models import Document, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def test_the_samples_are_read_in_full() -> None:
    for received in samples.share():
        processing.process(received.document.file_id)
    for document in Document.objects.with_file():
        assert document.file.text_state == State.DONE
        assert document.title == document.original_name.removesuffix(".pdf")


def test_each_is_shared_once() -> None:
    assert len(samples.share()) == len(samples.LEAFLETS)
    assert samples.share() == []
