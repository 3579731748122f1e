"""Keeping a result: as a document with a page of its own."""

from pliego.documents import intake
from pliego.documents.intake import Arrival, Received
from pliego.errors import NotFound
from pliego.toolbox import jobs
from pliego.toolbox.models import Job


def keep(job: Job, arrival: Arrival) -> Received:
    """Make the result a document. It stays a result as well, until its time is over. Raise NotFound for no PDF."""
    if not job.is_pdf:
        raise NotFound
    return intake.receive_path(jobs.result(job), arrival)
