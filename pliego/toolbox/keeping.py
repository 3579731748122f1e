"""Keeping a result: as a document with a page of its own, or as a new version of the one it was made from."""

from pliego.accounts.viewer import Viewer
from pliego.documents import intake, versions
from pliego.documents.intake import Arrival, Received
from pliego.documents.models import Document
from pliego.documents.versions import Replacement
from pliego.errors import NotFound
from pliego.toolbox import jobs
from pliego.toolbox.models import Job


def keep(job: Job, arrival: Arrival) -> Received:
    """Make the result a document. It stays a result as well, until its time is over. Raise NotFound for no PDF."""
    if not job.is_pdf:
        raise NotFound
    return intake.receive_path(jobs.result(job), arrival)


def keep_as_version(job: Job, document: Document, viewer: Viewer, place: str = "") -> Document:
    """Let the result take the place of the document's file and give the document as it is now.

    The caller has asked whether this person may change it. Raise NotFound for no PDF, and what versions.replace does.
    """
    if not job.is_pdf:
        raise NotFound
    return versions.replace_path(jobs.result(job), Replacement(document, job.result_name, viewer, place))


def original(job: Job) -> Document | None:
    """The document that whoever began a job from it may change, as long as it is there; None without one."""
    if not (job.is_pdf and job.by_owner):
        return None
    return Document.objects.kept().with_file().filter(pk=job.document_id).first()
