"""The tools of the toolbox: what there is, and beginning a job with one or several of them."""

import json
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.utils.translation import gettext
from ninja import Router, Schema, Status

from pliego.api.jobs import JobOut, address, described
from pliego.api.viewers import viewer_of
from pliego.documents.naming import document_named
from pliego.errors import BadRequest
from pliego.pdf import catalogue
from pliego.pdf.operation import Operation
from pliego.toolbox.drafts import Draft
from pliego.toolbox.models import Job
from pliego.toolbox.receiving import receive

router = Router(tags=["tools"])
OPENING = "open_password"
"""The field of the passwords that may open the files."""
DOCUMENT = "document"
"""The field of documents of the site that are inputs, by address or identifier; they come after the files."""
STEPS_MOST = 100_000
"""Characters of the steps of a job."""


class ToolOut(Schema):
    """A tool: what it is called and does, what it takes and gives, and the JSON Schema of its options."""

    name: str
    label: str
    summary: str
    help: str
    group: str
    inputs: str
    output: str
    missing: str | None
    """The program that it needs and that is not installed here."""
    options: dict[str, Any]


def _told(operation: Operation) -> ToolOut:
    return ToolOut(
        name=operation.name,
        label=gettext(operation.label),
        summary=gettext(operation.summary),
        help=gettext(operation.help),
        group=operation.group,
        inputs=operation.inputs,
        output=operation.output,
        missing=operation.missing.name if operation.missing else None,
        options=operation.schema(),
    )


@router.get("/tools", response=list[ToolOut], summary="All tools")
def all_tools(request: HttpRequest) -> list[ToolOut]:  # noqa: ARG001
    """Every tool, in the order of the toolbox."""
    return [_told(catalogue.named(name)) for name in catalogue.operations()]


@router.get("/tools/{name}", response=ToolOut, summary="One tool")
def one_tool(request: HttpRequest, name: str) -> ToolOut:  # noqa: ARG001
    """A tool by its name."""
    return _told(catalogue.named(name))


def _form(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """The part of the description for a body that ninja does not parse: its files go straight to disk."""
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    words = {"type": "array", "items": {"type": "string"}}
    schema = {
        "type": "object",
        "properties": {"file": files, DOCUMENT: words, OPENING: words, **properties},
        "required": required,
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


@router.post(
    "/tools/{name}", response={202: JobOut}, summary="Use a tool", openapi_extra=_form({}, []), operation_id="use_tool"
)
def use(request: HttpRequest, name: str, response: HttpResponse) -> Status[JobOut]:
    """Begin a job with one tool. The options are fields of the form, by their names."""
    operations = catalogue.following([name])
    draft = Draft.new()
    try:
        form = _received(request, draft)
        return _answered(request, response, draft.begin(operations, [_options(form)], _passwords(form)))
    finally:
        draft.drop()


@router.post(
    "/jobs",
    response={202: JobOut},
    summary="Use several tools in a row",
    openapi_extra=_form({"steps": {"type": "string", "contentMediaType": "application/json"}}, ["steps"]),
    operation_id="begin_job",
)
def begin(request: HttpRequest, response: HttpResponse) -> Status[JobOut]:
    """Begin a job with several tools. ``steps`` is a JSON list of {"tool": name, "options": {...}}."""
    draft = Draft.new()
    try:
        form = _received(request, draft)
        steps = _steps(form.get("steps", ""))
        operations = catalogue.following([name for name, _ in steps])
        job = draft.begin(operations, [options for _, options in steps], _passwords(form))
        return _answered(request, response, job)
    finally:
        draft.drop()


def _received(request: HttpRequest, draft: Draft) -> QueryDict:
    """The fields of the form; its files and documents are in the draft. Raise what was wrong with one of them."""
    wrong = receive(request, draft, viewer_of(request))
    if wrong:
        raise wrong
    for named in request.POST.getlist(DOCUMENT):
        draft.add_document(document_named(partial(viewer_of, request), named))
    return request.POST


def _options(form: QueryDict) -> dict[str, Any]:
    """The fields that are options; one that is no option is an error, as a misspelt one would be."""
    return {name: form[name] for name in form if name not in (OPENING, DOCUMENT)}


def _passwords(form: QueryDict) -> list[str]:
    return [str(password) for password in form.getlist(OPENING)]


def _steps(words: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        told = json.loads(words[:STEPS_MOST])
        return [(str(step["tool"]), dict(step.get("options", {}))) for step in told]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadRequest(what="steps") from error


def _answered(request: HttpRequest, response: HttpResponse, job: Job) -> Status[JobOut]:
    response.headers["Location"] = address(request, job)
    return Status(202, described(request, job))
