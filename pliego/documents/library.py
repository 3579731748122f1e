"""The owner's verbs."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from pliego.accounts.manage_links import token_hash
from pliego.documents import processing, tasks
from pliego.documents.amending import Amended, amended
from pliego.documents.models import Document, Privacy
from pliego.documents.names import one_line, some_lines
from pliego.errors import NotFound


@dataclass(frozen=True, slots=True)
class Details:
    """What an owner says of a document; "" leaves a field to the PDF."""

    title: str
    author: str
    description: str
    language: str
    privacy: Privacy
    keywords: str = ""
    date: datetime.date | None = None
    licence: str = ""


KEYWORDS_MOST = 500
"""Characters of all keywords together."""
_COLUMNS = {
    "title": "own_title",
    "author": "own_author",
    "description": "description",
    "language": "own_language",
    "privacy": "privacy",
    "keywords": "given_keywords",
    "date": "given_date",
    "licence": "licence",
}
"""Where each field of `Details` is kept."""


def said_of(document: Document) -> dict[str, Any]:
    """What its owner has said of a document so far, by the fields of `Details`."""
    return {name: getattr(document, column) for name, column in _COLUMNS.items()}


def edit(document: Document, details: Details) -> Document:
    """Save what the owner says and return the document as it is now; raise NotFound when it was deleted meanwhile."""
    said = {_COLUMNS[name]: value for name, value in _tidy(details).items()}
    return _as_now(document, Document.objects.filter(pk=document.pk).revised(**said))


def amend(document: Document, wanted: Details, shown: Details) -> Amended:
    """Save what was changed on a page that showed ``shown``, and leave the rest as it is by now.

    Where another page has changed the same field to something else meanwhile, nothing is saved: both are given back.
    Raise NotFound when the document was deleted meanwhile.
    """
    with transaction.atomic():
        found = Document.objects.select_for_update().filter(pk=document.pk).first()
        if found is None:
            raise NotFound
        outcome = amended(_tidy(wanted), _tidy(shown), said_of(found))
        if not outcome.meanwhile:
            edit(document, Details(**outcome.details))
    return outcome


def _tidy(details: Details) -> dict[str, Any]:
    """The fields as they are kept."""
    tidy = dict.fromkeys(("title", "author", "keywords"), one_line) | {"description": some_lines}
    return {name: tidy[name](value) if name in tidy else value for name, value in asdict(details).items()}


def rename(document: Document, title: str) -> Document:
    """Give a document a title, "" to leave it to the PDF, and return it as it is now; raise NotFound as `edit` does."""
    changed = Document.objects.filter(pk=document.pk).revised(own_title=one_line(title))
    return _as_now(document, changed)


def _as_now(document: Document, changed: int) -> Document:
    found = Document.objects.with_file().filter(pk=document.pk).first() if changed else None
    if found is None:
        raise NotFound
    Document.objects.filter(pk=document.pk).update(filed_title=found.filed_as)
    tasks.wake(tasks.index_changes)
    return found


def unlock(document: Document, password: str) -> None:
    """Read an encrypted document with its password; raise WrongPassword when it does not fit.

    It opens this document alone: another one with the same bytes stays closed until its own owner has the password.
    Nothing happens to a document that is open. Raise NotFound when it was deleted meanwhile.
    """
    if not document.locked:
        return
    try:
        processing.unlock(document.file, password)
    except FileNotFoundError as error:
        raise NotFound from error
    Document.objects.filter(pk=document.pk, file=document.file_id).revised(unlocked=True)  # and no file that came since
    tasks.wake(tasks.read_file, document.file_id)


def claim(document: Document, person: int) -> None:
    """Give a document without an account to this one; its manage link stops working.

    Nothing happens to one that has an account. Raise NotFound when it was deleted meanwhile.
    """
    if document.owner_id is not None:
        return
    unowned = Document.objects.filter(pk=document.pk, owner=None)
    if not unowned.revised(owner=person, manage_hash="", filed_title=document.filed_as):
        raise NotFound


def managed_by(token: str) -> Document | None:
    """The document whose manage link carries this secret, in the trash too; None for a wrong one."""
    return Document.objects.with_file().filter(manage_hash=token_hash(token)).first()
