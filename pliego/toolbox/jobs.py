"""What can be asked of a job and done with it, but for running it (see running.py)."""

from pathlib import Path

from django.utils import timezone

from pliego.documents.engines import reader
from pliego.errors import NotFound
from pliego.toolbox.models import ENDED, Job, JobState
from pliego.toolbox.workspace import Workspace


def find(identifier: str) -> Job:
    """The job; raise NotFound for one that is not there (any more)."""
    job = Job.objects.filter(pk=identifier, expires_at__gte=timezone.now()).first()
    if job is None:
        raise NotFound
    return job


def exists(identifier: str) -> bool:
    """Whether there is such a job."""
    return Job.objects.filter(pk=identifier).exists()


def result(job: Job) -> Path:
    """The file that a job has made. Raise NotFound while there is none."""
    path = Workspace.named(job.pk).output(len(job.steps) - 1)
    if job.state != JobState.DONE or not path.exists():
        raise NotFound
    return path


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
