"""Letters by mail: each message to the operator, and a receipt to its sender. Nothing is sent without a mail server.

A letter is claimed in the database before it is sent, so that two workers do not both send it; what the mail server
does not take is tried again for a day. A receipt says nothing that its sender wrote, and an address gets one an hour
at most: nobody can use the form to write to others.
"""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from pliego.moderation.models import Message

log = logging.getLogger(__name__)

TRIED_FOR = timedelta(days=1)
ONE_RECEIPT_IN = timedelta(hours=1)


def send_waiting() -> None:
    """Send what has not been sent yet."""
    if not settings.MAIL_HOST:
        return
    recent = Message.objects.filter(created_at__gt=timezone.now() - TRIED_FOR)
    if settings.CONTACT_MAIL:
        for message in recent.filter(mailed_at=None):
            _send(message, "mailed_at", _to_operator(message))
    for message in recent.filter(receipt_at=None).exclude(email=""):
        if not _had_receipt(message.email):
            _send(message, "receipt_at", _receipt(message))


def _had_receipt(email: str) -> bool:
    since = timezone.now() - ONE_RECEIPT_IN
    return Message.objects.filter(email__iexact=email, receipt_at__gt=since).exists()


def _send(message: Message, claim: str, letter: EmailMessage) -> None:
    """Claim and send one letter; give the claim back when the mail server does not take it."""
    with transaction.atomic():
        if claim == "receipt_at" and _had_receipt(message.email):
            return
        if not Message.objects.filter(pk=message.pk, **{claim: None}).update(**{claim: timezone.now()}):
            return
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("a letter about message %d was not sent: %s", message.pk, type(error).__name__)
        Message.objects.filter(pk=message.pk).update(**{claim: None})


def _to_operator(message: Message) -> EmailMessage:
    lines = [
        f"{message.get_topic_display()}, {message.created_at:%Y-%m-%d %H:%M} UTC, {message.language}",
        f"{message.name} <{message.email}>" if message.email else f"{message.name or '-'} (no answer wanted)",
        *([message.page] if message.page else []),
        "",
        message.text,
    ]
    return EmailMessage(
        subject=f"[{settings.SITE_NAME}] message {message.pk}: {message.topic}",
        body="\n".join(lines),
        to=[settings.CONTACT_MAIL],
        reply_to=[message.email] if message.email else None,
    )


def _receipt(message: Message) -> EmailMessage:
    with override(message.language):
        subject = gettext("Your message to %(site)s has arrived") % {"site": settings.SITE_NAME}
        body = gettext(
            "Thank you for writing to us. Your message has arrived and will be read by a person.\n\n"
            "If you did not write to us, somebody gave your address by mistake: you need do nothing."
        )
    headers = {"Auto-Submitted": "auto-replied"}  # RFC 3834: no machine answers it
    return EmailMessage(subject=subject, body=body, to=[message.email], headers=headers)
