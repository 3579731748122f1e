"""What can be asked of a job and done with it, but for running it (see running.py)."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from pliego.documents.engines import reader
from pliego.documents.withheld import Withheld
from pliego.errors import NotFound, TakenDown
from pliego.pdf.refusals import NothingToFill
from pliego.toolbox.models import ENDED, Job, JobState
from pliego.toolbox.workspace import Workspace


def find(identifier: str) -> Job:
    """The job; raise NotFound for one that is not there (any more), TakenDown as `require_open`."""
    job = Job.objects.filter(pk=identifier, expires_at__gte=timezone.now()).first()
    if job is None:
        raise NotFound
    require_open(job.inputs)
    return job


def require_open(inputs: Iterable[Mapping[str, Any]]) -> None:
    """Raise TakenDown when the operator has taken down what one of these files is, or was made of."""
    origins = {sha256 for each in inputs for sha256 in each.get("of", ())}
    taken = Withheld.objects.filter(sha256__in=origins).first() if origins else None
    if taken:
        raise TakenDown(statement=taken.statement)


def exists(identifier: str) -> bool:
    """Whether there is such a job."""
    return Job.objects.filter(pk=identifier).exists()


def result(job: Job) -> Path:
    """The file that a job has made. Raise NotFound while there is none."""
    path = Workspace.named(job.pk).output(len(job.steps) - 1)
    if job.state != JobState.DONE or not path.exists():
        raise NotFound
    return path


def kept(job: Job) -> list[Path]:
    """The files of a job that failed, for another try; [] when they are gone, or it did not fail."""
    files = [Workspace.named(job.pk).input(each["place"]) for each in job.inputs]
    return files if job.state == JobState.FAILED and all(file.exists() for file in files) else []


def asks(job: Job) -> bool:
    """Whether it failed for want of what can be asked for field by field, its file being kept for that."""
    told = job.problem.get("code") == NothingToFill.code and any(each.get("blanks") for each in job.inputs)
    return told and bool(kept(job))


def picture(job: Job, number: int, width: int) -> bytes:
    """A page of the result as a WebP. Raise NotFound where there is none, and what reading raises."""
    if not job.is_pdf:
        raise NotFound
    return reader().picture(result(job), number, width)


def cancel(job: Job) -> None:
    """Stop it. One that waits ends here; one that runs is ended by whoever runs it, within about a second."""
    stopped = Job.objects.filter(pk=job.pk, state=JobState.WAITING, lease_token="").update(
        state=JobState.CANCELLED, passwords=[]
    )
    if stopped:
        Workspace.named(job.pk).remove()
    else:
        Job.objects.filter(pk=job.pk).exclude(state__in=ENDED).update(cancelling=True)
