"""What can be asked of jobs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pliego.documents.identifiers import new_identifier
from pliego.documents.withheld import Withheld
from pliego.errors import NotFound, TakenDown
from pliego.pdf import catalogue
from pliego.toolbox import jobs
from pliego.toolbox.drafts import Draft
from tests.people import share
from tests.toolbox.jobs_made import begun, run

pytestmark = pytest.mark.django_db


def test_a_job_is_found_until_its_time_is_over() -> None:
    job = begun(("rotate", {"turn": "90"}))
    assert jobs.find(job.pk) == job
    job.expires_at = timezone.now() - timedelta(seconds=1)
    job.save()
    for identifier in (job.pk, new_identifier(), "../x"):
        with pytest.raises(NotFound):
            jobs.find(identifier)


def test_there_is_no_result_before_the_end() -> None:
    with pytest.raises(NotFound):
        jobs.result(begun(("rotate", {"turn": "90"})))


def test_pages_of_a_result_can_be_seen(parser: None) -> None:
    job = run(begun(("rotate", {"turn": "90"})))
    assert jobs.picture(job, 1, 200)[8:12] == b"WEBP"


def test_nothing_comes_of_what_was_taken_down(parser: None) -> None:
    document = share("molino", read=False).document
    waiting, made, going_on = Draft.new(), Draft.new(), Draft.new()
    for each in (waiting, made):
        each.add_document(document)
    waiting.save()
    steps = catalogue.following(["rotate"]), [{"turn": "90"}]
    job = run(made.begin(*steps))
    going_on.add_job(job)
    late = going_on.begin(*steps)
    Withheld.objects.create(sha256=document.file_id, statement="Datos personales.")
    for look in (lambda: jobs.find(job.pk), lambda: Draft.of(waiting.identifier)):
        with pytest.raises(TakenDown):
            look()
    assert run(late).problem["code"] == TakenDown.code
    Withheld.objects.all().delete()
    assert jobs.find(job.pk) == job
