"""Letters by mail: what was written to the operator, and what its sender is told.

Without a mail server they are written to the folder for letters, for the operator to pass on.

A letter is claimed in the database before it is sent, so that two workers do not both send it; what the mail server
does not take is tried again for a day. A receipt says nothing that its sender wrote, and an address gets one an hour
at most: nobody can use the forms to write to others.
"""

import logging
import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from pliego.moderation.limits import person_at
from pliego.moderation.models import Decision, Message, Notice

log = logging.getLogger(__name__)

TRIED_FOR = timedelta(days=1)
ONE_RECEIPT_IN = timedelta(hours=1)
Written = Message | Notice


def send_waiting() -> None:
    """Send what has not been sent yet."""
    since, told = timezone.now() - TRIED_FOR, _had_receipts()
    for written in _recent(since):
        if settings.CONTACT_MAIL and written.mailed_at is None:
            _send(written, "mailed_at", _to_operator(written))
        if written.email and written.receipt_at is None and person_at(written.email) not in told:
            told.add(person_at(written.email))
            _send(written, "receipt_at", _receipt(written))
    for notice in Notice.objects.filter(decided_at__gt=since, told_at=None):
        _send(notice, "told_at", _decision(notice), decided_at=notice.decided_at)


def _recent(since: datetime) -> Iterator[Written]:
    yield from Message.objects.filter(created_at__gt=since)
    yield from Notice.objects.filter(created_at__gt=since)


def _had_receipts() -> set[str]:
    """Who had one too lately for another."""
    since = timezone.now() - ONE_RECEIPT_IN
    written = (kind.objects.filter(receipt_at__gt=since).values_list("email", flat=True) for kind in (Message, Notice))
    return set(map(person_at, chain.from_iterable(written)))


def _send(written: Written, claim: str, letter: EmailMessage, **still: object) -> None:
    """Claim and send one letter; give the claim back when the mail server does not take it.

    ``still``: what has to be as it was when the letter was written, or another one will be.
    """
    rows = type(written).objects.filter(pk=written.pk, **still)
    with transaction.atomic():
        if claim == "receipt_at" and person_at(written.email) in _had_receipts():
            return
        if not rows.filter(**{claim: None}).update(**{claim: timezone.now()}):
            return
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("a letter about %s %d was not sent: %s", _kind(written), written.pk, type(error).__name__)
        rows.update(**{claim: None})


def _kind(written: Written) -> str:
    return "notice" if isinstance(written, Notice) else "message"


def _to_operator(written: Written) -> EmailMessage:
    about = written.reason if isinstance(written, Notice) else written.topic
    lines = [
        f"{about}, {written.created_at:%Y-%m-%d %H:%M} UTC, {written.language}",
        f"{written.name} <{written.email}>" if written.email else f"{written.name or '-'} (no answer wanted)",
        *([written.page] if written.page else []),
        "",
        written.text,
    ]
    return EmailMessage(
        subject=f"[{settings.SITE_NAME}] {_kind(written)} {written.pk}: {about}",
        body="\n".join(lines),
        to=[settings.CONTACT_MAIL],
        reply_to=[written.email] if written.email else None,
    )


def _receipt(written: Written) -> EmailMessage:
    with override(written.language):
        subject = gettext("Your message to %(site)s has arrived") % {"site": settings.SITE_NAME}
        body = gettext(
            "Thank you for writing to us. Your message has arrived and will be read by a person.\n\n"
            "If you did not write to us, somebody gave your address by mistake: you need do nothing."
        )
    return _to_sender(written, subject, body)


def _decision(notice: Notice) -> EmailMessage:
    with override(notice.language):
        subject = gettext("Your notice to %(site)s: our decision") % {"site": settings.SITE_NAME}
        hidden = notice.decision == Decision.HIDDEN
        said = gettext("The document was taken down.") if hidden else gettext("The document stays where it is.")
    return _to_sender(notice, subject, "\n\n".join(filter(None, (said, notice.page, notice.statement))))


def _to_sender(written: Written, subject: str, body: str) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-replied"}  # RFC 3834: no machine answers it
    return EmailMessage(subject=subject, body=body, to=[written.email], headers=headers)
