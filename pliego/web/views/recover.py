"""Lost manage links: asked for by e-mail address, sent by letter."""

import smtplib
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from pliego.accounts.callers import client_address
from pliego.accounts.mailboxes import check_mailbox
from pliego.documents import recovery
from pliego.documents.addresses import in_full
from pliego.errors import LetterNotSent
from pliego.moderation import limits
from pliego.web import freshness
from pliego.web.viewers import keep_token

MOST, WITHIN = 5, timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take an address and write to it, whether it is known or not: the answer tells nothing."""
    if request.method != "POST":
        return freshness.never_stored(render(request, "recover/ask.html"))
    limits.count("recovery", client_address(request), MOST, WITHIN)
    email = request.POST.get("email", "")[:254].strip().lower()  # as it is recognised, so nobody else gets the links
    if _is_one(email):
        limits.letter(email, client_address(request))
        _write(request, email)
    return freshness.never_stored(render(request, "recover/sent.html"))


def _is_one(email: str) -> bool:
    """Whether this is one address, as letters can be sent to."""
    try:
        check_mailbox(email)
    except ValidationError:
        return False
    return True


def _write(request: HttpRequest, email: str) -> None:
    links = [
        (lost.shared_at, in_full(f"{reverse('site:recover_open')}?{urlencode({'w': lost.word})}", request))
        for lost in recovery.lost_by(email)
    ]
    body = render_to_string("recover/letter.txt", {"links": links, "site_name": settings.SITE_NAME})
    subject = gettext("%(site_name)s: your manage links") % {"site_name": settings.SITE_NAME}
    try:
        send_mail(subject, body, None, [email])
    except (smtplib.SMTPException, OSError) as error:
        raise LetterNotSent from error


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Show what a letter's link does, then do it: this browser becomes the owner."""
    if request.method != "POST":
        word = request.GET.get("w", "")
        context = {"document": recovery.meant(word), "word": word}
        return freshness.never_stored(render(request, "recover/open.html", context))
    document, token = recovery.renew(request.POST.get("w", ""))
    response = HttpResponseRedirect(document.manage_url, status=303)
    keep_token(request, response, document.pk, token)
    return freshness.never_stored(response)
