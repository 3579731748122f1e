"""Running a job in the worker: claim it, do step after step, tell how far it has come, and end it clearly.

As with reading, the database is the truth: a claim has a lease, whoever finds a lease run out goes on from the last
finished step, and a job that has taken its worker down three times is given up. The same heartbeat that extends the
lease sees that somebody wants the job stopped.
"""

import logging
import os
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from pliego.documents import readiness
from pliego.documents.engines import reader
from pliego.documents.leases import Lease, LostLease, take
from pliego.errors import BadRequest, FilesGone, NeedsPassword, PliegoError, ReaderBusy, ReaderStopped, StorageFails
from pliego.pdf import outside
from pliego.pdf.catalogue import named
from pliego.pdf.errand import Errand
from pliego.pdf.refusals import BadPages, NoPageLeft, NoSuchLetters, NoSuchPage, NothingToFill
from pliego.pdf.report import Progress, Report
from pliego.storage.refusal import refusals_in_words
from pliego.toolbox import jobs, sealing
from pliego.toolbox.models import Job, JobState
from pliego.toolbox.workspace import Workspace

log = logging.getLogger(__name__)
_MENDED = (BadPages, BadRequest, NeedsPassword, NoPageLeft, NoSuchLetters, NoSuchPage, NothingToFill)
"""What another word in the form mends: the files stay for it."""

TOLD_EVERY = 0.5
"""Seconds between two savings of the progress, and so between two looks whether to stop."""
_places = threading.BoundedSemaphore(max(1, settings.READING_THREADS - 1))
"""Jobs take long: one thread of the worker at least is kept for reading what people share."""


class Stopped(Exception):
    """Somebody wants the job stopped."""


class Held(Lease):
    """The right to work on one job."""

    def __init__(self, identifier: str, token: str) -> None:
        super().__init__(Job.objects.all(), identifier, token)
        self._told = 0.0

    def tell(self, progress: Progress | None) -> None:
        """Say how far the step has come; called often, it writes seldom. Raise Stopped or LostLease."""
        if time.monotonic() - self._told < TOLD_EVERY:
            return
        self._told = time.monotonic()
        self.save(**({"percent": progress.percent, "stage": progress.step} if progress else {}))
        if Job.objects.filter(pk=self.key, cancelling=True).exists():
            raise Stopped


def claim(identifier: str) -> Held | None:
    """Take a job that has work left; None when there is none or somebody holds it."""
    now = timezone.now()
    token = take(Job.objects.all(), Job.objects.waiting(now), identifier, now, state=JobState.RUNNING)
    return Held(identifier, token) if token else None


def waiting() -> list[str]:
    """Identifiers of jobs with work left that nobody holds."""
    return list(Job.objects.waiting(timezone.now()).values_list("pk", flat=True)[:100])


def run(identifier: str) -> bool:
    """Do a job as far as it goes; False when it cannot be done now, for want of room or a place: the sweep does it."""
    if not readiness.make_room() or not _places.acquire(blocking=False):
        return False
    try:
        held = claim(identifier)
        return held is None or _run(Job.objects.get(pk=identifier), held)
    except (LostLease, Job.DoesNotExist):
        log.info("job %.4s: taken over by another worker, or gone", identifier)
        return True
    finally:
        _places.release()


def _run(job: Job, held: Held) -> bool:
    try:
        with refusals_in_words():
            _do_steps(job, held)
    except Stopped:
        _end(job, held, JobState.CANCELLED)
    except (ReaderBusy, StorageFails) as error:
        held.release(state=JobState.WAITING, tries=F("tries") - 1)
        log.warning("job %.4s: not done now (%s)", job.pk, error.code)
        return False
    except FileNotFoundError:
        _end(job, held, JobState.FAILED, problem=_problem(FilesGone()))
    except _MENDED as error:
        _end(job, held, JobState.FAILED, keep=True, problem=_problem(error), inputs=_learned(job, error))
    except PliegoError as error:
        _end(job, held, JobState.FAILED, problem=_problem(error))
    else:
        _end(job, held, JobState.DONE)
    return True


def _do_steps(job: Job, held: Held) -> None:
    if job.tries > Job.MAX_TRIES:  # the worker itself died each time
        raise ReaderStopped("crash")
    if job.cancelling:
        raise Stopped
    for number in range(job.step, len(job.steps)):
        _do_step(job, held, number)


def _do_step(job: Job, held: Held, number: int) -> None:
    """One step, from its files to its output, and what it has told."""
    held.save(percent=0, stage="")
    jobs.require_open(job.inputs)
    workspace = Workspace.named(job.pk)
    errand = _errand(job, workspace, number)
    workspace.output(number).unlink(missing_ok=True)  # of a worker that was killed
    with workspace.output(number).open("xb+") as output:
        report = outside.run(reader(), errand, output.fileno(), held.tell, workspace.folder)
        os.fsync(output.fileno())
    job.step = number + 1
    job.report = [*job.report[:number], report.to_json(errand.operation)]
    held.save(step=job.step, percent=0, report=job.report, tries=1, **_result(job, report))
    if number:
        workspace.output(number - 1).unlink(missing_ok=True)


def _errand(job: Job, workspace: Workspace, number: int) -> Errand:
    name, options = job.steps[number]
    if number:
        inputs, names = [workspace.output(number - 1)], [job.result_name]
    else:
        inputs = [workspace.input(each["place"]) for each in job.inputs]
        names = [each["name"] for each in job.inputs]
    return Errand.of(
        name,
        inputs,
        sealing.opened(named(name), options),
        names=names,
        passwords=[sealing.unseal(password) for password in job.passwords],
        further={option: workspace.further(number, option) for option in job.further.get(str(number), {})},
    )


def _result(job: Job, report: Report) -> dict[str, Any]:
    """What the columns say of the file that a step has made."""
    stem = Path(job.inputs[0]["name"]).stem
    job.result_name = f"{stem}-{report.operation}.{report.output}"
    return {
        "result_name": job.result_name,
        "result_type": report.output.media_type,
        "result_size": report.size_after,
    }


def _problem(error: PliegoError) -> dict[str, Any]:
    params = {name: value for name, value in error.params.items() if name != "blanks"}
    return {"code": error.code, "sentence": error.sentence, "params": params}


def _learned(job: Job, error: PliegoError) -> list[dict[str, Any]]:
    """The inputs, and what is known now of one that stands alone: the fields of its form, to be asked for."""
    if "blanks" not in error.params or len(job.inputs) > 1:
        return list(job.inputs)
    return [{**each, "blanks": error.params["blanks"]} for each in job.inputs]


def _end(job: Job, held: Held, state: JobState, *, keep: bool = False, **columns: Any) -> None:
    """End it for good. Passwords go at once, and so do the files unless there is a result or they are to be kept."""
    kept = [[name, sealing.without_secrets(named(name), options)] for name, options in job.steps]
    held.release(state=state, steps=kept, passwords=[], stage="", **columns)
    if state != JobState.DONE and not keep:
        Workspace.named(job.pk).remove()
