"""What can be asked of a job and done with it, but for running it (see running.py)."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from django.utils import timezone

from pliego.documents.engines import reader
from pliego.errors import BadRequest, NotFound
from pliego.pdf.catalogue import named
from pliego.pdf.operation import Inputs, Operation, Output
from pliego.toolbox.models import ENDED, Job, JobState
from pliego.toolbox.workspace import Workspace

MOST_STEPS = 20


def following(names: Sequence[str]) -> list[Operation]:
    """The tools of these names, to be used one after the other: each but the first takes the PDF made before it.

    Raise NotFound for an unknown one and BadRequest for none, too many, or some that cannot follow one another.
    """
    if not 1 <= len(names) <= MOST_STEPS:
        raise BadRequest(what=f"{len(names)} tools")
    operations = [named(name) for name in names]
    for before, after in pairwise(operations):
        if not can_follow(before, after):
            raise BadRequest(what=f"{before.name} + {after.name}")
    return operations


def can_follow(before: Operation, after: Operation) -> bool:
    """Whether one tool can work on what another has made."""
    return before.output is Output.PDF and takes_one_pdf(after)


def takes_one_pdf(operation: Operation) -> bool:
    """Whether it can work on a single PDF."""
    return operation.inputs in {Inputs.ONE, Inputs.SEVERAL}


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
