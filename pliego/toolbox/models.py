"""The one table of the toolbox: what somebody asked for, how far it has come, and until when its result is kept."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from pliego.documents.identifiers import LENGTH, new_identifier
from pliego.documents.leases import unclaimed


class JobState(models.TextChoices):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about many jobs."""

    def waiting(self, now: datetime) -> Self:
        """Jobs with work left that nobody holds a live lease on, oldest first."""
        return self.filter(unclaimed(now), state__in=(JobState.WAITING, JobState.RUNNING)).order_by("created_at")

    def expired(self, now: datetime) -> Self:
        """Jobs whose files are kept no longer and that nobody works on."""
        return self.filter(unclaimed(now), expires_at__lt=now)


class Job(models.Model):
    """One or more tools, one after the other, on some files. Whoever knows its identifier may see, stop and take it."""

    MAX_TRIES: ClassVar[int] = 3

    id = models.CharField(max_length=LENGTH, primary_key=True, default=new_identifier)
    steps = models.JSONField()
    """What is to be done, as [[operation, options], ...] in this order. Passwords are sealed (see sealing.py)."""
    inputs = models.JSONField()
    """The files, as [{"name", "size", "place"}, ...]; their bytes lie in the job's folder (see workspace.py).

    Perhaps with what is known of them: "pages", "of" (see drafts.py), "blanks" (the fields of a form to be asked for).
    """
    further = models.JSONField(default=dict)
    """The names of the files that options are, as {step: {option: name}}; steps are counted from 0, as strings."""
    passwords = models.JSONField(default=list)
    """Those that may open the inputs, sealed."""
    document_id = models.CharField(max_length=LENGTH, blank=True)
    """The document that it was begun from, "" when there is none."""
    by_owner = models.BooleanField(default=False)
    """Whoever began it may change that document, and may want the result as a new version of it."""

    state = models.CharField(max_length=9, choices=JobState, default=JobState.WAITING)
    step = models.PositiveSmallIntegerField(default=0)
    """How many of the steps are done."""
    percent = models.PositiveSmallIntegerField(default=0)
    """How far the step under way has come."""
    stage = models.CharField(max_length=20, blank=True)
    """What goes on in that step (a Step of pdf/report.py), "" when nothing is known."""
    cancelling = models.BooleanField(default=False)
    """Somebody wants it stopped; whoever runs it looks here."""
    problem = models.JSONField(default=dict)
    """What ended it, as {"code", "sentence", "params"}; {} when nothing did."""
    report = models.JSONField(default=list)
    """What each finished step has told of its work: Report.to_json of pdf/report.py."""

    result_name = models.CharField(max_length=300, blank=True)
    result_type = models.CharField(max_length=100, blank=True)
    """The media type."""
    result_size = models.BigIntegerField(default=0)

    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    lease_token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state__in=("waiting", "running")), name="job_waiting"),
            models.Index(fields=["expires_at"], name="job_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in ENDED

    @property
    def age(self) -> int:
        """Seconds since it was begun."""
        return int((timezone.now() - self.created_at).total_seconds())

    @property
    def tools(self) -> list[str]:
        """The names of its operations, in order."""
        return [name for name, _ in self.steps]

    @property
    def input_size(self) -> int:
        """Bytes of all its files."""
        return sum(each["size"] for each in self.inputs)

    @property
    def gives(self) -> list[str]:
        """The names of the files that can be worked on further: its result, or what it was given."""
        return [self.result_name] if self.state == JobState.DONE else [each["name"] for each in self.inputs]

    @property
    def overall(self) -> int:
        """How far the whole has come, from 0 to 100."""
        return 100 if self.state == JobState.DONE else (100 * self.step + self.percent) // len(self.steps)

    @property
    def shown(self) -> int:
        """The page of the result that says most: the first that the last tool has changed."""
        return int(self.report[-1].get("first_changed", 1)) if self.report else 1

    @property
    def is_pdf(self) -> bool:
        """Whether its result can be read, shared or worked on again."""
        return self.result_type == "application/pdf"
