"""The code that shows a document on another site."""

from html import escape

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from pliego.documents.addresses import in_full
from pliego.documents.models import Document

SIZES = (("320", "440"), ("560", "760"), ("100%", "640"))
"""Width and height in CSS pixels or parts of the room there is: a column, a text, the whole width."""


def codes(request: HttpRequest, document: Document) -> list[tuple[str, str]]:
    """Return the name and the HTML of each size."""
    address = in_full(reverse("web:embed", args=[document.pk]), request)
    names = (gettext("Small"), gettext("Medium"), gettext("Full width"))
    return [(name, code(address, document.title, *size)) for name, size in zip(names, SIZES, strict=True)]


def code(address: str, title: str, width: str, height: str) -> str:
    """Return the HTML as plain text, to be escaped once more where it is shown."""
    words = {"src": address, "width": width, "height": height, "title": title, "loading": "lazy"}
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in words.items())
    return f"<iframe {attributes} allowfullscreen></iframe>"
