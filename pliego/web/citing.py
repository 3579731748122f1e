"""What a request asks to cite."""

import re

from django.conf import settings
from django.http import HttpRequest

from pliego.documents import citation, reading
from pliego.documents.addresses import in_full
from pliego.documents.models import Document
from pliego.errors import BadRequest


def asked_page(request: HttpRequest) -> int | None:
    """Return the page that `?p=` names; None without one. Raise BadRequest for what is no number."""
    number = request.GET.get("p", "")
    if not number:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,5}", number):
        raise BadRequest(what="p")
    return int(number)


def work_of(request: HttpRequest, document: Document, page: int | None) -> citation.Work:
    """Return a document, or one of its pages, as citations need it. Raise NotFound for a page it does not have."""
    if page is not None:
        reading.check_page(document.file, page)
    path = document.page_url(page) if page else document.get_absolute_url()
    return citation.work(document, in_full(path, request), settings.SITE_NAME, page)
