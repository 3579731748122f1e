"""The code that shows a document on another site."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from pliego.documents.models import Document

SIZES = (("320", "440"), ("560", "760"), ("100%", "640"))
"""Width and height in CSS pixels or parts of the room there is: a column, a text, the whole width."""


def codes(request: HttpRequest, document: Document) -> list[tuple[str, str]]:
    """Return the name and the HTML of each size."""
    address = request.build_absolute_uri(reverse("web:embed", args=[document.pk]))
    names = (gettext("Small"), gettext("Medium"), gettext("Full width"))
    return [(name, _code(address, document.title, *size)) for name, size in zip(names, SIZES, strict=True)]


def _code(address: str, title: str, width: str, height: str) -> str:
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" allowfullscreen></iframe>',
        address, width, height, title,
    )  # fmt: skip
