"""Files that wait to become a job."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_django import Settings

from pliego.documents.engines import blobs
from pliego.errors import BadRequest, EmptyFile, FileCount, NotFound, TooLarge
from pliego.pdf import catalogue
from pliego.toolbox import sealing
from pliego.toolbox.drafts import Draft
from pliego.toolbox.models import Job
from pliego.toolbox.workspace import Workspace, root
from tests.people import share
from tests.toolbox.jobs_made import PDF, draft

ROTATE = catalogue.following(["rotate"])
pytestmark = pytest.mark.django_db


def test_a_draft_is_found_again() -> None:
    made = draft(PDF, PDF)
    made.save()
    assert [each["name"] for each in Draft.of(made.identifier).inputs] == ["a.pdf", "b.pdf"]


def test_a_draft_is_never_seen_torn() -> None:
    made = draft(*[PDF] * 200)
    made.save()
    written = root() / made.identifier / "draft.json"
    whole = written.read_bytes()

    def save_often() -> None:
        for _ in range(200):
            made.save()

    with ThreadPoolExecutor(1) as other:
        saved = other.submit(save_often)
        while not saved.done():
            assert written.read_bytes() == whole


def add(made: Draft, name: str) -> None:
    incoming = made.receive()
    incoming.write(PDF)
    made.add(name, incoming)


def test_files_that_come_at_the_same_time_are_all_kept() -> None:
    made = draft(PDF)
    made.save()
    here, there = Draft.of(made.identifier), Draft.of(made.identifier)
    for each, name in ((here, "here.pdf"), (there, "there.pdf")):
        add(each, name)
    here.save()
    there.save()
    inputs = Draft.of(made.identifier).inputs
    assert [each["name"] for each in inputs] == ["a.pdf", "there.pdf", "here.pdf"]
    assert len({each["place"] for each in inputs}) == 3


def test_what_one_leaves_out_another_does_not_bring_back() -> None:
    made = draft(PDF, PDF)
    made.save()
    other = Draft.of(made.identifier)
    add(other, "c.pdf")
    made.arrange([1])
    made.save()
    other.save()
    assert [each["name"] for each in Draft.of(made.identifier).inputs] == ["b.pdf", "c.pdf"]


def test_many_at_the_same_instant_lose_no_file() -> None:
    made = draft(PDF)
    made.save()
    waiting = [Draft.of(made.identifier) for _ in range(16)]

    def one(number: int) -> None:
        add(waiting[number], f"{number}.pdf")
        waiting[number].save()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(16)))
    assert len({each["place"] for each in Draft.of(made.identifier).inputs}) == 17


def test_a_draft_that_was_begun_meanwhile_is_not_there_again() -> None:
    made = draft(PDF)
    made.save()
    late = Draft.of(made.identifier)
    made.begin(ROTATE, [{"turn": "90"}])
    add(late, "late.pdf")
    with pytest.raises(NotFound):
        late.save()
    Workspace.named(made.identifier).remove()
    with pytest.raises(NotFound):
        late.receive()


@pytest.mark.parametrize("identifier", ["", "../../etc", "x", "1" * 16])
def test_there_is_no_draft_of_another_name(identifier: str) -> None:
    with pytest.raises(NotFound):
        Draft.of(identifier)


def test_an_empty_file_is_refused_and_forgotten() -> None:
    made = draft()
    with pytest.raises(EmptyFile):
        made.add("x.pdf", made.receive())
    assert made.inputs == []


def test_a_file_over_the_limit_is_refused_while_it_comes(settings: Settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    incoming = draft().receive()
    with pytest.raises(TooLarge):
        incoming.write(bytes(2 << 20))
    incoming.abort()


def test_files_are_put_in_order_and_left_out() -> None:
    made = draft(PDF, PDF, PDF)
    made.arrange([2, 0])
    assert [each["name"] for each in made.inputs] == ["c.pdf", "a.pdf"]


@pytest.mark.parametrize("other", [False, True])
def test_what_takes_the_place_of_a_document_that_was_left_out_never_changes_the_document(other: bool) -> None:
    first, left_out, third = (share(name, read=False).document for name in ("molino", "puente", "barco"))
    made = draft()
    made.add_document(first)
    made.add_document(left_out)
    made.arrange([0])
    if other:
        made.add_document(third)
    else:
        incoming = made.receive()
        incoming.write(PDF)
        made.add("mía.pdf", incoming)
    stored = blobs().path(left_out.file_id).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == left_out.file_id
    made.save()
    assert [each["size"] for each in Draft.of(made.identifier).inputs][1] == (third.file.size if other else len(PDF))


@pytest.mark.parametrize("places", [[0, 0], [3], [-1]])
def test_an_order_names_each_file_once_at_most(places: list[int]) -> None:
    with pytest.raises(BadRequest):
        draft(PDF, PDF).arrange(places)


def test_a_document_is_taken_in_without_a_copy(parser: None) -> None:
    shared = share("molino")
    made = draft()
    made.add_document(shared.document)
    assert made.inputs[0]["size"] == shared.document.file.size
    assert made.inputs[0]["pages"] == shared.document.file.pages > 0


def test_documents_become_a_draft_whole_or_not_at_all(parser: None) -> None:
    shared = [share("molino").document, share("puente").document]
    made = Draft.of_documents(shared)
    assert [each["name"] for each in Draft.of(made.identifier).inputs] == [f"{each.title}.pdf" for each in shared]
    before = set(root().iterdir())
    with pytest.raises(FileCount):
        Draft.of_documents(shared * 51)
    assert set(root().iterdir()) == before


def test_a_wrong_option_leaves_the_files_for_another_try() -> None:
    made = draft(PDF)
    made.save()
    with pytest.raises(BadRequest):
        made.begin(ROTATE, [{"turn": "45"}])
    assert Draft.of(made.identifier).begin(ROTATE, [{"turn": "90"}]).inputs[0]["name"] == "a.pdf"


def test_a_draft_that_became_a_job_is_no_draft_any_more() -> None:
    made = draft(PDF)
    made.save()
    made.begin(ROTATE, [{"turn": "90"}])
    made.drop()
    with pytest.raises(NotFound):
        Draft.of(made.identifier)
    assert Job.objects.filter(pk=made.identifier).exists()


def test_a_draft_that_is_begun_twice_at_once_is_one_job() -> None:
    made = draft(PDF)
    made.save()
    again = Draft.of(made.identifier)
    assert again.begin(ROTATE, [{"turn": "90"}]) == made.begin(ROTATE, [{"turn": "90"}])
    made.drop()
    assert (root() / made.identifier / "in" / "000").exists()


def test_passwords_lie_sealed_in_the_row() -> None:
    job = draft(PDF).begin(ROTATE, [{"turn": "90"}], ["secreto"])
    assert "secreto" not in str(job.passwords)
    assert sealing.unseal(job.passwords[0]) == "secreto"


def test_too_many_files_are_refused() -> None:
    with pytest.raises(FileCount):
        draft(PDF, PDF).begin(ROTATE, [{"turn": "90"}])
