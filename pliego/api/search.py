"""Searching: all public documents, and those of the account that asks."""

from typing import Annotated

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema

from pliego.api.documents import DocumentOut, Text, described
from pliego.api.viewers import viewer_of
from pliego.documents import searching
from pliego.documents.addresses import in_full
from pliego.documents.narrowing import LENGTHS
from pliego.documents.printed import number_on
from pliego.documents.searching import LAST_PAGE, ORDERS, FoundDocument, Question
from pliego.errors import BadRequest
from pliego.search.query import MAX_LENGTH

router = Router(tags=["search"])


class FoundPageOut(Schema):
    """A page that holds the words. ``label``: the number printed on it, else its place in the file."""

    number: int
    label: str
    snippet: str
    address: str


class ResultOut(Schema):
    """A document and its best pages, none where only what is said about it matches."""

    document: DocumentOut
    pages: list[FoundPageOut]


class AnswerOut(Schema):
    """Part of the results.

    ``complete``: the total is exact, else at least so many. ``relaxed``: no document holds all words, these hold most.
    ``meant``: what was perhaps meant, null when nothing else was. ``next``: the following part, null at the end.
    """

    total: int
    complete: bool
    relaxed: bool
    meant: str | None
    results: list[ResultOut]
    next: str | None


@router.get("/search", response=AnswerOut, summary="Search", url_name="search")
def search(
    request: HttpRequest,
    q: Annotated[Text, Query(max_length=MAX_LENGTH)],
    lang: Annotated[str, Query(pattern="^([a-z]{2})?$")] = "",
    year: Annotated[int, Query(ge=0, le=9999)] = 0,
    length: str = "",
    sort: str = ORDERS[0],
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> AnswerOut:
    """Public documents and your own, with the pages that hold the words, ten documents at a time.

    `q` takes all that the search box takes.
    """
    if length and length not in LENGTHS:
        raise BadRequest(what="length")
    if sort not in ORDERS:
        raise BadRequest(what="sort")
    question = Question(q, lang, year, length, sort, page)
    answer = searching.search(viewer_of(request), question)
    other = question.with_words(answer.meant).text
    query = request.GET.copy()
    query["page"] = str(page + 1)
    return AnswerOut(
        total=answer.total,
        complete=answer.complete,
        relaxed=answer.relaxed,
        meant=other if other != question.text else None,
        results=[_result(request, found) for found in answer.documents],
        next=in_full(reverse("api:search", query=query), request) if page < answer.pages else None,
    )


def _result(request: HttpRequest, found: FoundDocument) -> ResultOut:
    pages = [
        FoundPageOut(
            number=page.number,
            label=number_on(found.document, page.number),
            snippet="".join(piece.text for piece in page.snippet),
            address=in_full(found.document.page_url(page.number), request),
        )
        for page in found.pages
    ]
    return ResultOut(document=described(request, found.document), pages=pages)
