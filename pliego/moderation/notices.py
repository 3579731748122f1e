"""Notices that a document should not be here, and the operator's decisions about them."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from pliego.accounts.viewer import OPERATOR
from pliego.documents.models import Document, DocumentQuerySet, NearCopy
from pliego.documents.names import one_line
from pliego.documents.tasks import index_changes, wake
from pliego.documents.withheld import Withheld
from pliego.errors import NotFound
from pliego.moderation import limits, tasks
from pliego.moderation.models import Decision, Notice

MOST_OF_ONE = 5
"""Notices of one network within an hour."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody says of a document; see Notice for the fields."""

    reason: str
    text: str
    name: str
    email: str


def receive(document: Document, complaint: Complaint, page: str, nonce: str, address: str) -> None:
    """Keep a notice; the same form sent again changes nothing. Raise TooMany of too many, from one place or in all."""
    if Notice.objects.filter(nonce=nonce).exists():
        return
    limits.written(Notice)
    limits.count("notice", address, MOST_OF_ONE, limits.HOUR)
    Notice.objects.get_or_create(
        nonce=nonce,
        defaults={
            "document_id": document.pk,
            "sha256": document.file_id,
            "page": page[:300],
            "reason": complaint.reason,
            "text": complaint.text,
            "name": one_line(complaint.name),
            "email": complaint.email,
            "language": get_language() or "",
        },
    )
    wake(tasks.send_letters)


def listed(*, decided: bool = False) -> QuerySet[Notice]:
    """The notices that wait for a decision, oldest first; those that are decided as well if wished."""
    found = Notice.objects.order_by("created_at")
    return found if decided else found.filter(decision="")


def alike() -> DocumentQuerySet:
    """Open documents that read much like one that was taken down, newest first: perhaps it is there again.

    No more than a hint. A changed byte makes other bytes, and a work that quotes much of another reads like it too.
    """
    copies = NearCopy.objects.filter(other__in=Withheld.objects.values("pk"))
    return Document.objects.visible_to(OPERATOR).filter(file__in=copies.values("file")).with_file().newest()


def hide(number: int, statement: str) -> None:
    """Take the document down: at once on every surface, with every other of the same bytes, which are not taken again.

    It decides all the notices about these bytes. Raise NotFound of a notice that is not there.
    """
    notice = _notice(number)
    with transaction.atomic():
        Withheld.objects.update_or_create(sha256=notice.sha256, defaults={"statement": statement})
        _decide(notice.sha256, Decision.HIDDEN, statement)
        Document.objects.holding(notice.sha256).revised()
    wake(index_changes)


def dismiss(number: int, statement: str) -> None:
    """Leave the document where it is, or put it back. Raise NotFound of a notice that is not there."""
    notice = _notice(number)
    with transaction.atomic():
        Withheld.objects.filter(sha256=notice.sha256).delete()
        _decide(notice.sha256, Decision.DISMISSED, statement)
        Document.objects.holding(notice.sha256).revised()
    wake(index_changes)


def _notice(number: int) -> Notice:
    notice = Notice.objects.filter(pk=number).first()
    if notice is None:
        raise NotFound
    return notice


def _decide(sha256: str, decision: Decision, statement: str) -> None:
    same = Notice.objects.filter(sha256=sha256).exclude(decision=decision)
    same.update(decision=decision, statement=statement, decided_at=timezone.now(), told_at=None)
    wake(tasks.send_letters)
