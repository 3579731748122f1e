"""What a request asks to cite."""

from django.conf import settings
from django.http import HttpRequest

from pliego.documents import citation, reading
from pliego.documents.addresses import in_full
from pliego.documents.models import Document
from pliego.documents.numbers import whole


def asked_page(request: HttpRequest) -> int | None:
    """Return the page that `?p=` names; None without one. Raise BadRequest for what is no number."""
    number = request.GET.get("p", "")
    return whole(number, "p", digits=6, least=1) if number else None


def work_of(request: HttpRequest, document: Document, page: int | None) -> citation.Work:
    """Return a document, or one of its pages, as citations need it. Raise NotFound for a page it does not have."""
    if page is not None:
        reading.check_page(document.file, page)
    path = document.page_url(page) if page else document.get_absolute_url()
    return citation.work(document, in_full(path, request), settings.SITE_NAME, page)
