"""Forgetting what nobody comes for."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from pliego.toolbox import upkeep
from pliego.toolbox.models import Job
from pliego.toolbox.workspace import Workspace
from tests.toolbox.jobs_made import PDF, begun, draft

pytestmark = pytest.mark.django_db


def test_a_job_is_gone_after_its_time() -> None:
    job, kept = begun(("rotate", {"turn": "90"})), begun(("rotate", {"turn": "90"}))
    Job.objects.filter(pk=job.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    upkeep.expire()
    assert list(Job.objects.all()) == [kept]
    assert [Workspace.named(each.pk).folder.exists() for each in (job, kept)] == [False, True]


def test_a_job_under_way_is_not_taken_from_its_worker() -> None:
    begun(("rotate", {"turn": "90"}))
    now = timezone.now()
    Job.objects.update(expires_at=now - timedelta(seconds=1), lease_until=now + timedelta(seconds=30))
    upkeep.expire()
    assert Job.objects.exists()


def test_files_that_never_became_a_job_are_swept_when_they_are_old() -> None:
    old, new = draft(PDF), draft(PDF)
    yesterday = timezone.now().timestamp() - upkeep.ABANDONED - 60
    os.utime(Workspace.named(old.identifier).folder, (yesterday, yesterday))
    upkeep.expire()
    assert [Workspace.named(each.identifier).folder.exists() for each in (old, new)] == [False, True]
