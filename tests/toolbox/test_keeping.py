"""Results that become documents."""

import pytest

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import trash
from pliego.documents.engines import blobs
from pliego.documents.intake import Arrival
from pliego.documents.models import Privacy
from pliego.errors import NotFound
from pliego.pdf import catalogue
from pliego.toolbox import jobs, keeping
from pliego.toolbox.drafts import Draft
from tests.people import share
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
    with pytest.raises(NotFound):
        keeping.keep_as_version(job, share("original", read=False).document, ANONYMOUS)


def test_a_result_becomes_a_new_version_of_the_document_it_was_made_from() -> None:
    _, document = (share(name).document for name in ("otro", "original"))
    draft = Draft.new()
    draft.add_document(document, by_owner=True)
    job = run(draft.begin(catalogue.following(["rotate"]), [{"turn": "90"}]))
    assert keeping.original(job) == document
    now = keeping.keep_as_version(job, document, ANONYMOUS)
    assert (now.version, blobs().path(now.file_id).read_bytes()) == (2, jobs.result(job).read_bytes())
    further = Draft.new()
    further.add_job(job)
    assert keeping.original(run(further.begin(catalogue.following(["rotate"]), [{"turn": "90"}]))) == document
    trash.put(document)
    assert keeping.original(job) is None


def test_only_what_its_owner_began_is_offered_to_be_one() -> None:
    document = share("ajeno").document
    draft = Draft.new()
    draft.add_document(document)
    assert keeping.original(run(draft.begin(catalogue.following(["rotate"]), [{"turn": "90"}]))) is None
