"""Forgetting results whose time is over, and files that never became a job."""

from django.utils import timezone

from pliego.toolbox import workspace
from pliego.toolbox.models import Job
from pliego.toolbox.workspace import Workspace

ABANDONED = 24 * 3600.0
"""Seconds after which a draft is given up."""


def expire() -> None:
    """Forget what nobody comes for any more."""
    for job in Job.objects.expired(timezone.now()):
        Workspace.named(job.pk).remove()
        job.delete()
    workspace.sweep(Job.objects.values_list("pk", flat=True), ABANDONED)
