"""Jobs of the toolbox: how far they are, where their results are, stopping them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from ninja import Router, Schema, Status

from pliego.documents.addresses import in_full
from pliego.toolbox import jobs
from pliego.toolbox.models import Job, JobState

router = Router(tags=["jobs"])


class ProblemOut(Schema):
    """What ended a job."""

    code: str
    title: str


class JobOut(Schema):
    """A job. Whoever knows its address may see, stop and take it."""

    id: str
    state: str
    percent: int
    tools: list[str]
    created: datetime
    expires: datetime
    problem: ProblemOut | None
    reports: list[dict[str, Any]]
    result: str | None
    self: str
    page: str


def address(request: HttpRequest, job: Job) -> str:
    """Where a program asks for the job."""
    return in_full(reverse("api:job", args=[job.pk]), request)


def described(request: HttpRequest, job: Job) -> JobOut:
    """The job as programs see it."""
    problem = job.problem and ProblemOut(
        code=job.problem["code"], title=gettext(job.problem["sentence"]) % job.problem["params"]
    )
    done = job.state == JobState.DONE
    return JobOut(
        id=job.pk,
        state=job.state,
        percent=job.overall,
        tools=job.tools,
        created=job.created_at,
        expires=job.expires_at,
        problem=problem or None,
        reports=job.report,
        result=in_full(reverse("web:job_result", args=[job.pk]), request) if done else None,
        self=address(request, job),
        page=in_full(reverse("web:job", args=[job.pk]), request),
    )


@router.get("/jobs/{identifier}", response=JobOut, summary="How far a job is", url_name="job")
def show(request: HttpRequest, identifier: str) -> JobOut:
    """A job by its identifier; its result, once there, is at the address ``result``."""
    return described(request, jobs.find(identifier))


@router.delete("/jobs/{identifier}", response={202: JobOut}, summary="Stop a job")
def stop(request: HttpRequest, identifier: str) -> Status[JobOut]:
    """Stop a job that waits or runs; nothing happens to one that has ended."""
    jobs.cancel(jobs.find(identifier))
    return Status(202, described(request, jobs.find(identifier)))
