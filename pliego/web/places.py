"""The page that somebody names in a form, by what is printed on it or by its place in the file."""

import re

from django.http import HttpRequest

from pliego.documents.models import Document
from pliego.documents.printed import labels_of
from pliego.errors import BadRequest, NotFound
from pliego.pdf.numbering import LABEL_MOST


def asked_place(request: HttpRequest, document: Document) -> int:
    """Return the page that `?n=` names (see PageLabels.page).

    Raise NotFound without such a page, BadRequest for what is neither a number nor a label.
    """
    typed = request.GET.get("n", "")
    labels = labels_of(document)
    page = labels.page(typed) if len(typed) <= LABEL_MOST else None
    if page is None:
        raise NotFound if re.fullmatch(r"#?[0-9]{1,6}", typed) else BadRequest(what="n")
    return page
