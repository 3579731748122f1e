"""A job of the toolbox: how far it is, its result, and what can be done with that.

Whoever has the address has the job; it is a secret, masked in the log, and gone after a day.
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from pliego.accounts.callers import client_address, place_of
from pliego.accounts.network import network_of
from pliego.documents.intake import Arrival, checked_privacy
from pliego.documents.models import Origin
from pliego.errors import BadRequest
from pliego.pdf import catalogue
from pliego.pdf.report import STEPS, Step
from pliego.toolbox import jobs, keeping
from pliego.toolbox.drafts import Draft
from pliego.toolbox.models import Job, JobState
from pliego.web import freshness
from pliego.web.filenames import content_disposition
from pliego.web.ranges import Served, file_response
from pliego.web.receipts import Receipt, remember
from pliego.web.viewers import visitor_of
from pliego.web.views.toolbox import shelves

WIDTHS = {200, 400, 800}
"""Of the pictures of pages, in pixels."""


@require_safe
def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """How far a job is, or what came of it; one that asks for the fields of a form leads to them."""
    job = jobs.find(identifier)
    if jobs.asks(job):
        return HttpResponseRedirect(f"{reverse('site:tool', args=['+'.join(job.tools)])}?job={job.pk}")
    last = catalogue.named(job.tools[-1])
    context = {
        "job": job,
        "operations": [catalogue.named(name) for name in job.tools],
        "stage": said(job),
        "notes": notes(job),
        "kept": jobs.kept(job),
        "original": keeping.original(job) if job.state == JobState.DONE else None,
        "shelves": shelves(last) if job.state == JobState.DONE and job.is_pdf else [],
    }
    return freshness.never_stored(render(request, "tools/job.html", context))


@require_safe
def status(request: HttpRequest, identifier: str) -> HttpResponse:  # noqa: ARG001
    """The same for the page's script."""
    job = jobs.find(identifier)
    told = {"state": job.state, "percent": job.overall, "sentence": said(job), "seconds": job.age}
    return freshness.never_stored(JsonResponse(told))


def said(job: Job) -> str:
    """What goes on, or how it ended, in one sentence."""
    if job.state == JobState.WAITING:
        return gettext("Waiting for its turn")
    if job.state == JobState.CANCELLED:
        return gettext("Stopped. The files are gone.")
    if job.state == JobState.FAILED:
        return str(gettext(job.problem["sentence"]) % _as_labelled(job))
    if job.state == JobState.DONE:
        return gettext("Done.")
    return gettext(STEPS[Step(job.stage)]) if job.stage else gettext("Beginning")


def _as_labelled(job: Job) -> dict[str, Any]:
    """What a job failed for, an option being called what its form calls it."""
    labels = {told.name: told.label for told in catalogue.named(job.tools[job.step]).fields}
    params = job.problem["params"].items()
    return {name: gettext(labels[value]) if value in labels else value for name, value in params}


def notes(job: Job) -> list[str]:
    """What the tools have to say of the result, in the language of this request."""
    sentences = []
    for told in job.report:
        declared = catalogue.named(told["operation"])
        for note in told["notes"]:
            gaps = {name: value for name, value in note.items() if name not in {"code", "sentence"}}
            sentence = gettext(declared.note(note["code"], gaps))
            sentences.append(re.sub(r"%\((\w+)\)s", lambda gap, gaps=gaps: str(gaps.get(gap[1], "")), sentence))  # type: ignore[misc]
    return sentences


@require_safe
def result(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The file that came of a job, to be saved."""
    job = jobs.find(identifier)
    path = jobs.result(job)
    ending = f".{job.result_name.rpartition('.')[2]}"
    served = Served(
        path=path,
        size=job.result_size,
        etag=f'"{job.pk}"',
        modified=job.created_at,
        disposition=content_disposition(job.result_name, ending=ending),
        content_type=job.result_type,
    )
    return freshness.never_stored(file_response(request, served))


@require_safe
def picture(request: HttpRequest, identifier: str, number: str) -> HttpResponse:
    """A page of the result."""
    return _picture(jobs.picture(jobs.find(identifier), int(number), _width(request)))


@require_safe
def input_picture(request: HttpRequest, identifier: str, place: str, number: str) -> HttpResponse:
    """A page of a file that waits in a draft."""
    return _picture(Draft.of(identifier).picture(int(place), int(number), _width(request)))


def _width(request: HttpRequest) -> int:
    value = request.GET.get("w", "400")
    if value not in map(str, WIDTHS):
        raise BadRequest(what="w")
    return int(value)


def _picture(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type="image/webp", headers={"Cache-Control": "private, max-age=3600"})


@require_POST
def cancel(request: HttpRequest, identifier: str) -> HttpResponse:  # noqa: ARG001
    """Stop a job."""
    jobs.cancel(jobs.find(identifier))
    return HttpResponseRedirect(reverse("web:job", args=[identifier]), status=303)


@require_POST
def keep(request: HttpRequest, identifier: str) -> HttpResponse:
    """Make the result a document with a page of its own."""
    job = jobs.find(identifier)
    arrival = Arrival(
        original_name=job.result_name,
        privacy=checked_privacy(request.POST.get("privacy", "")),
        origin=Origin.WEB,
        network=network_of(client_address(request)),
        viewer=visitor_of(request),
        place=place_of(request),
    )
    received = keeping.keep(job, arrival)
    response = HttpResponseRedirect(received.document.get_absolute_url(), status=303)
    remember(request, response, Receipt(job.result_name, received=received))
    return response
