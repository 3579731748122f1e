"""Short links: made when somebody asks for one, and then the same for everybody."""

import secrets
from contextlib import suppress

from django.db import IntegrityError, transaction

from pliego.documents.identifiers import BASE58
from pliego.documents.links import SHORT_LENGTH, ShortLink
from pliego.documents.models import Document
from pliego.errors import NotFound

PATTERN = f"[{BASE58}]{{{SHORT_LENGTH}}}"


def made(document: Document) -> str:
    """The short form of a document's address, made now if there was none; two that ask at once get the same."""
    while True:
        with suppress(IntegrityError), transaction.atomic():  # another document has this short form: draw once more
            if not Document.objects.filter(pk=document.pk).exists():  # deleted meanwhile
                raise NotFound
            link, _ = ShortLink.objects.get_or_create(document=document, defaults={"short": new_short()})
            return link.short


def known(document: Document) -> str:
    """The short form that was made for a document, "" without one."""
    return ShortLink.objects.filter(document=document).values_list("short", flat=True).first() or ""


def aim(short: str) -> str:
    """The identifier of the document that a short link leads to; raise NotFound. Who may see it is not asked."""
    found = ShortLink.objects.filter(pk=short).values_list("document_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def new_short() -> str:
    """Return random base58 characters."""
    return "".join(secrets.choice(BASE58) for _ in range(SHORT_LENGTH))
