"""The toolbox: what there is, and the form of each tool or of several in a row."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pliego.accounts.callers import from_elsewhere
from pliego.documents import catalog, naming
from pliego.documents.addresses import in_full
from pliego.documents.models import Document
from pliego.documents.numbers import whole
from pliego.errors import BadRequest, Forbidden, PliegoError, ProgramMissing
from pliego.pdf import catalogue, converting, programs
from pliego.pdf.operation import GROUPS, Group, Inputs, Operation
from pliego.toolbox import jobs
from pliego.toolbox.drafts import Draft
from pliego.toolbox.models import Job
from pliego.toolbox.receiving import receive
from pliego.web import freshness
from pliego.web.answers import as_text, sentence
from pliego.web.tool_form import ToolForm, known_blanks
from pliego.web.viewers import viewer_of, visitor_of, wants_html


@require_safe
def tools(request: HttpRequest) -> HttpResponse:
    """Every tool, on its shelf."""
    return render(request, "tools/tools.html", {"shelves": shelves()})


def shelves(fitting: Operation | None = None) -> list[dict[str, Any]]:
    """The tools by shelf; with ``fitting``, those that can go on from its result."""
    found: dict[Group, list[Operation]] = {}
    for operation in catalogue.operations().values():
        if fitting is None or catalogue.can_follow(fitting, operation):
            found.setdefault(operation.group, []).append(operation)
    return [{"name": gettext(GROUPS[group]), "tools": operations} for group, operations in found.items()]


@csrf_exempt  # anybody may use a tool from anywhere but from another site's page: see from_elsewhere
@require_http_methods(["GET", "HEAD", "POST"])
def tool(request: HttpRequest, names: str) -> HttpResponse:
    """The form of a tool, or of several in a row ("rotate+compress"), for files that are sent or a job's result."""
    operations = catalogue.following(names.split("+"))
    source = jobs.find(request.GET["job"]) if request.GET.get("job") else None
    return _answer(request, operations, source)


@require_safe
def tools_for(request: HttpRequest, identifier: str) -> HttpResponse:
    """The tools that can work on a document."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    found = [{**shelf, "tools": [each for each in shelf["tools"] if each.inputs in _DOCUMENTS]} for shelf in shelves()]
    context = {"shelves": [shelf for shelf in found if shelf["tools"]], "document": document}
    return freshness.never_stored(render(request, "tools/tools.html", context))


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def tool_for(request: HttpRequest, identifier: str, names: str) -> HttpResponse:
    """The form of a tool, or of several in a row, for a document."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    operations = catalogue.following(names.split("+"))
    if operations[0].inputs not in _DOCUMENTS:
        raise BadRequest(what=operations[0].name)
    return _answer(request, operations, document)


_ACCEPTED = {
    Inputs.IMAGES: "image/jpeg,image/png,image/webp,image/tiff,image/gif,image/bmp",
    Inputs.OFFICE: ",".join(f".{kind}" for kind in converting.KINDS),
}
"""What a browser offers to choose, where it is no PDF. Where HEIC is not named, Safari sends a JPEG instead."""
_DOCUMENTS = {Inputs.ONE, Inputs.SEVERAL, Inputs.TWO}
"""What documents of the site can be, too."""
Source = Document | Job | None
"""What a tool works on when no file is sent."""


def _answer(request: HttpRequest, operations: list[Operation], source: Source) -> HttpResponse:
    if request.method == "POST":
        return _begin(request, operations, source)
    chosen = request.GET.get("then")
    if chosen:  # a further tool was chosen: its form has an address of its own
        names = "+".join([*(operation.name for operation in operations), chosen])
        catalogue.following(names.split("+"))
        return HttpResponseRedirect(_address(names, source))
    return _form(request, ToolForm.again(operations, source), source, **_asked_for(request))


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """The files that wait and the documents that are looked for, as the address tells."""
    asked: dict[str, Any] = {}
    if request.GET.get("draft"):
        asked["draft"] = Draft.of(request.GET["draft"])
    if words := request.GET.get("find", "").strip():
        asked |= {"words": words, "found": naming.documents_meant(partial(viewer_of, request), words)}
    return asked


def _address(names: str, source: Source) -> str:
    if isinstance(source, Document):
        return reverse("web:document_tool", args=[source.pk, names])
    query = f"?job={source.pk}" if source else ""
    return reverse("site:tool", args=[names]) + query


def _begin(request: HttpRequest, operations: list[Operation], source: Source) -> HttpResponse:
    """Take in what was sent; begin the job, or show the form again with what is wrong, the files kept."""
    if from_elsewhere(request):
        raise Forbidden
    identifier = request.GET.get("draft", "")
    draft = Draft.of(identifier) if identifier else Draft.new()
    try:
        if operations[0].most_inputs > 1 and not identifier:
            _add(request, draft, source)
        wrong = receive(request, draft, visitor_of(request))
        if not draft.inputs:
            _add(request, draft, source)
        if "add" in request.POST:
            return _with_document(request, draft)
        if "only" in request.POST:
            return _files(draft, wrong)
        form = ToolForm(operations, request.POST, blanks=known_blanks(draft.inputs))
        try:
            return _started(request, begin(request, draft, form, wrong))
        except PliegoError as error:
            if not wants_html(request):
                return as_text(error)
            draft.save()
            return _form(request, form, source, draft=draft, error=sentence(error), status=error.status)
    finally:
        draft.drop()


def _add(request: HttpRequest, draft: Draft, source: Source) -> None:
    if isinstance(source, Document):
        draft.add_document(source, by_owner=viewer_of(request, source.pk).owns(source))
    elif source:
        draft.add_job(source)


def _with_document(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Add a document of the site to the files, and lead back to the form."""
    draft.add_document(naming.document_named(partial(viewer_of, request), request.POST["add"]))
    draft.save()
    return HttpResponseRedirect(f"{request.path}?draft={draft.identifier}", status=303)


def begin(request: HttpRequest, draft: Draft, form: ToolForm, wrong: PliegoError | None) -> Job:
    """The job of a form. Raise what is wrong with it."""
    if wrong:
        raise wrong
    if request.POST.get("order"):
        draft.arrange(_places(request.POST["order"]))
    options = form.options()
    if form.errors:
        raise BadRequest(what=", ".join(form.wrong))
    return draft.begin(form.operations, options, request.POST.getlist("open_password"))


def _places(order: str) -> list[int]:
    return [whole(part, "order", digits=3) for part in order.split(",")]


def _files(draft: Draft, wrong: PliegoError | None) -> HttpResponse:
    """For the page's script: the draft and its files, kept until they are used."""
    if wrong:
        return as_text(wrong)
    draft.count_pages()
    draft.save()
    return JsonResponse({"draft": draft.identifier, "inputs": draft.inputs}, status=201)


def _started(request: HttpRequest, job: Job) -> HttpResponse:
    address = reverse("web:job", args=[job.pk])
    if wants_html(request):
        return HttpResponseRedirect(address, status=303)
    body = f"job: {in_full(address, request)}\n"
    return HttpResponse(body, status=202, content_type="text/plain; charset=utf-8", headers={"Location": address})


def _form(request: HttpRequest, form: ToolForm, source: Source, *, status: int = 200, **more: Any) -> HttpResponse:
    first, last = form.operations[0], form.operations[-1]
    following = [each for each in catalogue.operations().values() if catalogue.can_follow(last, each)]
    context = {
        "form": form,
        "operation": first,
        "document": source if isinstance(source, Document) else None,
        "source_job": source if isinstance(source, Job) else None,
        "unavailable": unavailable(form.operations),
        "several": first.most_inputs > 1,
        "takes_documents": first.inputs in _DOCUMENTS,
        "accept": _ACCEPTED.get(first.inputs, "application/pdf,.pdf"),
        "chain": "+".join(operation.name for operation in form.operations),
        "following": sorted(following, key=lambda each: gettext(each.label)),
        **_thumbs(source),
        **more,
    }
    response = render(request, "tools/tool.html", context, status=status)
    return freshness.never_stored(response) if source or more else response


def unavailable(operations: Sequence[Operation]) -> str:
    """What is not installed here and needed by one of the tools, "" when they can all work."""
    try:
        for operation in operations:
            programs.require(operation.program)
    except ProgramMissing as error:
        return sentence(error)
    return ""


def _thumbs(source: Source) -> dict[str, Any]:
    """Where the script finds the pictures of the pages, and how many there are."""
    if isinstance(source, Document):
        if source.locked or not source.file.readable_pages:
            return {}
        first, pages = reverse("web:picture", args=[source.named_as_it_is, 1]), source.file.readable_pages
    elif source and source.is_pdf and (pages := int(source.report[-1]["pages"])):
        first = reverse("web:job_picture", args=[source.pk, 1])
    else:
        return {}
    return {"thumbs": first.replace("/1.webp", "/{n}.webp?w=200"), "page_count": pages}
