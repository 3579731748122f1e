"""Results that become documents."""

import pytest

from pliego.documents.engines import blobs
from pliego.documents.intake import Arrival
from pliego.documents.models import Privacy
from pliego.errors import NotFound
from pliego.toolbox import jobs, keeping
from tests.toolbox.jobs_made import begun, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def test_a_result_becomes_a_document_and_stays_a_result() -> None:
    job = run(begun(("rotate", {"turn": "90"})))
    received = keeping.keep(job, Arrival(job.result_name, privacy=Privacy.UNLISTED))
    assert received.document.privacy == Privacy.UNLISTED
    assert blobs().path(received.document.file_id).read_bytes() == jobs.result(job).read_bytes()


def test_what_is_no_pdf_cannot_be_kept() -> None:
    job = run(begun(("split", {})))
    with pytest.raises(NotFound):
        keeping.keep(job, Arrival(job.result_name))
