"""Documents: listing, sharing, reading and managing them."""

import datetime
from collections.abc import Iterable
from functools import partial
from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from ninja import Field, Query, Router, Schema, Status
from pydantic import AfterValidator, BaseModel

from pliego.accounts.callers import client_address, from_elsewhere, place_of
from pliego.accounts.network import network_of
from pliego.accounts.viewer import ANONYMOUS
from pliego.api.jobs import ProblemOut
from pliego.api.viewers import account_of, viewer_of
from pliego.documents import catalog, finding, library, mine, quotas, reading, trash, versions
from pliego.documents.addresses import in_full
from pliego.documents.intake import Arrival, Received, checked_privacy
from pliego.documents.models import Document, File, Licence, Privacy
from pliego.documents.printed import number_on
from pliego.documents.receiving import ReceivedFile, received
from pliego.errors import BadRequest, Forbidden, NotFound, PliegoError
from pliego.pdf.values import PageText

router = Router(tags=["documents"])
PAGES_MOST = 50
"""Pages whose words are given at a time."""
LETTERS_MOST = 500_000
"""Letters after which it is fewer: a page may hold two hundred thousand."""
_PARTS: dict[str, Any] = {
    "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
    "privacy": {"type": "string", "enum": Privacy.values, "default": Privacy.PUBLIC},
}
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": {"schema": {"type": "object", "properties": _PARTS, "required": ["file"]}}},
    }
}


def _writable(text: str) -> str:
    """Refuse what no database takes: NUL, and halves of characters, which JSON can spell."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("not text")
    return text.strip()


Text = Annotated[str, AfterValidator(_writable)]


class StateOut(Schema):
    """How far the reading of a document is, in each respect: pending, done, partial, failed or locked."""

    facts: str
    pictures: str
    text: str
    pages_read: int


class PdfOut(Schema):
    """What the PDF says about itself."""

    version: str
    creator: str
    producer: str
    created: str
    modified: str
    encrypted: bool
    tagged: bool
    linearised: bool
    repaired: bool
    active_content: list[str]


class DocumentOut(Schema):
    """A document. ``pdf`` is null until it is read, and while it waits for its password."""

    id: str
    title: str
    author: str
    description: str
    language: str
    year: int
    keywords: list[str]
    subjects: list[str]
    licence: str
    privacy: str
    name: str
    size: int
    sha256: str
    pages: int
    version: int
    shows_versions: bool
    views: int
    created: datetime.datetime
    changed: datetime.datetime
    state: StateOut
    pdf: PdfOut | None
    self: str
    page: str
    file: str
    text: str
    picture: str


class DocumentsOut(Schema):
    """Part of a list; ``next`` is the address of the following part, null at the end."""

    documents: list[DocumentOut]
    next: str | None


class ReceivedOut(Schema):
    """What became of one file. ``manage`` is told here and never again; null where an account owns the document."""

    name: str
    document: DocumentOut | None = None
    manage: str | None = None
    same_file: str | None = None
    problem: ProblemOut | None = None


class DetailsIn(BaseModel):
    """What its owner says of a document; what is left out stays, and "" leaves a field to the PDF.

    No Schema: that takes the attributes of any value, and so a text has a title.
    """

    title: Text = Field("", max_length=300)
    author: Text = Field("", max_length=300)
    description: Text = Field("", max_length=5000)
    language: Annotated[str, Field(pattern="^([a-z]{2})?$")] = ""
    keywords: list[Text] = Field([], max_length=100)
    date: datetime.date | None = None
    licence: Licence | None = None
    privacy: Privacy | None = None
    shows_versions: bool | None = None


class PageOut(Schema):
    """The words of a page; its size in points. ``label``: the number printed on it, else its place in the file."""

    number: int
    label: str
    width: float
    height: float
    paragraphs: list[str]
    page: str
    picture: str


class PagesOut(Schema):
    """Part of the pages; ``next`` is the address of the following part, null at the end."""

    pages: list[PageOut]
    next: str | None


class HitOut(Schema):
    """One place of the words: the words around it, and a box (x, y, width, height in points) for each line."""

    page: int
    label: str
    snippet: str
    boxes: list[tuple[float, float, float, float]]
    address: str


class HitsOut(Schema):
    """The first places of the words, and how many there are; not ``complete`` while pages are still being read."""

    total: int
    complete: bool
    hits: list[HitOut]


def described(request: HttpRequest, document: Document) -> DocumentOut:
    """A document as programs see it."""
    file, full = document.file, partial(in_full, request=request)
    slug = document.slug
    return DocumentOut(
        id=document.named,
        title=document.title,
        author=document.author,
        description=document.description,
        language=document.language,
        year=document.year,
        keywords=document.own_keywords,
        subjects=document.key_phrases,
        licence=document.licence,
        privacy=document.privacy,
        name=document.original_name,
        size=file.size,
        sha256=document.file_id,
        pages=0 if document.locked else file.pages,
        version=document.version,
        shows_versions=document.shows_versions,
        views=document.view_count,
        created=document.created_at,
        changed=document.changed_at,
        state=StateOut(
            facts=file.facts_state, pictures=file.pictures_state, text=file.text_state,
            pages_read=0 if document.locked else file.pages_read,
        ),
        pdf=PdfOut.from_orm(document.facts) if document.facts else None,
        self=full(reverse("api:document", args=[document.pk])),
        page=full(document.get_absolute_url()),
        file=full(document.file_url),
        text=full(reverse("web:plain_text", args=[document.named, slug, slug])),
        picture=full(document.picture_url(1, reading.FIRST_WIDTH)),
    )  # fmt: skip


@router.get("/documents", response=DocumentsOut, summary="Public documents", url_name="documents")
def listed(request: HttpRequest, after: str = "") -> DocumentsOut:
    """All public documents, the newest first, a page at a time."""
    found = catalog.listing(ANONYMOUS, after)
    address = in_full(reverse("api:documents", query={"after": found.following}), request)
    return DocumentsOut(
        documents=[described(request, document) for document in found.documents],
        next=address if found.following else None,
    )


@router.get("/account/documents", response=DocumentsOut, summary="Your own documents", url_name="account_documents")
def own(request: HttpRequest, q: Text = "", privacy: str = "", sort: str = "-shared", after: str = "") -> DocumentsOut:
    """The documents of your account, fifty at a time: those with the words `q` in title, file name or text.

    `sort` is title, shared, size, pages, views or privacy, the other way round with - before it.
    """
    found = mine.page(account_of(request), mine.Asked(words=q, privacy=privacy, sort=sort, after=after))
    query = {"q": q, "privacy": privacy, "sort": sort, "after": found.following}
    following = reverse("api:account_documents", query={name: value for name, value in query.items() if value})
    return DocumentsOut(
        documents=[described(request, document) for document in found.documents],
        next=in_full(following, request) if found.following else None,
    )


@router.post(
    "/documents",
    response={201: list[ReceivedOut]},
    summary="Share PDFs",
    url_name="documents_share",
    openapi_extra=_FORM,
    operation_id="share",
)
def share(request: HttpRequest) -> Status[list[ReceivedOut]]:
    """Give each `file` a page. One that cannot have one does not stop the others; one alone is an error."""
    if from_elsewhere(request):
        raise Forbidden
    viewer = viewer_of(request)
    with received(request, lambda size: quotas.require_early(size, viewer, place_of(request))) as files:
        outcomes = [(str(file.name), _outcome(request, file)) for file in files]
    errors = [outcome for _, outcome in outcomes if isinstance(outcome, PliegoError)]
    if len(errors) == len(outcomes):
        raise errors[0]
    return Status(201, [_received(request, name, outcome) for name, outcome in outcomes])


def _outcome(request: HttpRequest, file: ReceivedFile) -> Received | PliegoError:
    arrival = Arrival(
        original_name=str(file.name),
        privacy=checked_privacy(request.POST.get("privacy", "")),
        origin="program",
        network=network_of(client_address(request)),
        viewer=viewer_of(request),
        place=place_of(request),
    )
    try:
        return file.arrived().finish(arrival)
    except PliegoError as error:
        return error


def _received(request: HttpRequest, name: str, outcome: Received | PliegoError) -> ReceivedOut:
    if isinstance(outcome, PliegoError):
        problem = ProblemOut(code=outcome.code, title=gettext(outcome.sentence) % outcome.params)
        return ReceivedOut(name=name, problem=problem)
    full = partial(in_full, request=request)
    return ReceivedOut(
        name=name,
        document=described(request, outcome.document),
        manage=full(reverse("web:manage_link", args=[outcome.token])) if outcome.token else None,
        same_file=full(outcome.same_file.get_absolute_url()) if outcome.same_file else None,
    )


@router.get("/documents/{identifier}", response=DocumentOut, summary="One document", url_name="document")
def show(request: HttpRequest, identifier: str) -> DocumentOut:
    """A document that you may see."""
    return described(request, catalog.document_for(viewer_of(request, identifier), identifier))


@router.patch(
    "/documents/{identifier}", response=DocumentOut, summary="Change what is said", url_name="document_change"
)
def change(request: HttpRequest, identifier: str, details: DetailsIn) -> DocumentOut:
    """Change what its owner says of a document, and whether its earlier versions are seen with it."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    said = library.said_of(document) | details.model_dump(exclude_unset=True, exclude={"shows_versions"})
    if isinstance(said["keywords"], list):
        said["keywords"] = ", ".join(said["keywords"])
        if len(said["keywords"]) > library.KEYWORDS_MOST:
            raise BadRequest(what="keywords")
    said["licence"] = said["licence"] or ""
    said["privacy"] = said["privacy"] or document.privacy
    edited = library.edit(document, library.Details(**said))
    if details.shows_versions is not None:
        edited = versions.show(edited, shown=details.shows_versions)
    return described(request, edited)


@router.delete("/documents/{identifier}", response={204: None}, summary="Delete a document", url_name="document_delete")
def delete(request: HttpRequest, identifier: str) -> Status[None]:
    """Put a document into the trash, from which its owner can bring it back for some weeks."""
    trash.put(catalog.owned_document(viewer_of(request, identifier), identifier))
    return Status(204, None)


def _readable(request: HttpRequest, identifier: str) -> Document:
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    if document.locked:
        raise NotFound
    return document


@router.get("/documents/{identifier}/pages", response=PagesOut, summary="The words of its pages", url_name="pages")
def pages(
    request: HttpRequest, identifier: str, first: Annotated[int, Query(alias="from", ge=1, le=1_000_000)] = 1
) -> PagesOut:
    """The paragraphs of fifty pages at a time, of fewer where they are very long, as far as they are read."""
    document = _readable(request, identifier)
    reading.check_page(document.file, first)
    with reading.AT_LENGTH:
        words, last = _stretch(document.file, first)
    following = reverse("api:pages", args=[document.pk], query={"from": last + 1})
    return PagesOut(
        pages=[_words_of(request, document, page) for page in words],
        next=in_full(following, request) if last < document.file.readable_pages else None,
    )


def _stretch(file: File, first: int) -> tuple[list[PageText], int]:
    """PAGES_MOST pages, fewer as soon as they hold more than LETTERS_MOST letters; and the number of the last one.

    Pages that are not read yet are left out.
    """
    words: list[PageText] = []
    letters, last = 0, min(first + PAGES_MOST - 1, file.readable_pages)
    for page in reading.page_texts(file, first, last):
        words.append(page)
        letters += sum(map(len, page.paragraphs))
        if letters > LETTERS_MOST:
            return words, page.number
    return words, last


def _words_of(request: HttpRequest, document: Document, page: PageText) -> PageOut:
    return PageOut(
        number=page.number, label=number_on(document, page.number), width=page.width, height=page.height,
        paragraphs=page.paragraphs,
        page=in_full(document.page_url(page.number), request),
        picture=in_full(document.picture_url(page.number, reading.FIRST_WIDTH), request),
    )  # fmt: skip


@router.get("/documents/{identifier}/find", response=HitsOut, summary="Find words in it", url_name="find")
def find(request: HttpRequest, identifier: str, q: Text, *, whole: bool = False) -> HitsOut:
    """The places where words stand, accents and case forgiven; `whole` finds no words that only begin so."""
    document = _readable(request, identifier)
    found = finding.find_in(document.file, q[:200], whole_words=whole)
    hits = [
        HitOut(
            page=hit.page, label=number_on(document, hit.page), snippet=_joined(hit.snippet), boxes=hit.boxes,
            address=in_full(document.page_url(hit.page), request),
        )
        for hit in found.hits
    ]  # fmt: skip
    return HitsOut(total=found.total, complete=found.complete, hits=hits)


def _joined(pieces: Iterable[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in pieces)
