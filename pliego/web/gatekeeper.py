"""What django-allauth asks of the site: who may sign up, where somebody comes from, how a letter is sent."""

import logging
import smtplib
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from pliego.accounts import people
from pliego.accounts.callers import client_address
from pliego.accounts.invitations import invited, may_sign_up
from pliego.accounts.mailboxes import check_mailbox
from pliego.accounts.network import half_of, household_of, network_of, shown
from pliego.accounts.sessions import keep_little, name_of
from pliego.documents.addresses import in_full
from pliego.errors import LetterNotSent, gettext_noop
from pliego.moderation import limits

log = logging.getLogger(__name__)
INVITATION = "invitation"
"""Where the session keeps the one that somebody came with."""
NOTICES = {
    "password_changed": gettext_noop("Your password was changed."),
    "password_set": gettext_noop("Your account was given a password."),
    "password_reset": gettext_noop("Your password was chosen anew by a link from a letter."),
    "email_changed": gettext_noop("The e-mail address of your account was changed."),
    "email_confirm": gettext_noop("An e-mail address of your account was confirmed."),
    "email_deleted": gettext_noop("An e-mail address was taken off your account."),
    "totp_activated": gettext_noop("An authenticator app was added to your account."),
    "totp_deactivated": gettext_noop("The authenticator app was removed from your account."),
    "webauthn_added": gettext_noop("A passkey was added to your account."),
    "webauthn_removed": gettext_noop("A passkey was removed from your account."),
    "recovery_codes_generated": gettext_noop("New spare codes were made for your account."),
    "api_key_made": gettext_noop("A key for programs was made for your account."),
}
"""What somebody is told by a letter when it happens: perhaps it was somebody else."""


class Gatekeeper(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed throughout
    """The site's own answers; everything else is as allauth does it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether this visitor may open an account. An invitation from the address bar is kept for the form."""
        given = request.GET.get(INVITATION, "")
        if settings.SIGN_UP == "invitation" and invited(given):
            request.session[INVITATION] = given
            self.stash_verified_email(request, invited(given))
        return may_sign_up(request.session.get(INVITATION, ""))

    def clean_email(self, email: str) -> str:
        """Refuse an address to which nobody can write, and one not invited where only invited ones may come."""
        email = super().clean_email(email)
        check_mailbox(email)
        asked = self.request
        signs_up = asked is not None and not asked.user.is_authenticated and settings.SIGN_UP == "invitation"
        if signs_up and email.lower() != invited(asked.session.get(INVITATION, "")):
            raise ValidationError(gettext("Your invitation is for another e-mail address."))
        return str(email)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Make the address that of its account, unless another one has it."""
        if email_address.can_set_verified() and people.take_address(email_address.user_id, email_address.email):
            return bool(super().confirm_email(request, email_address))
        failed = "account/messages/email_confirmation_failed.txt"
        self.add_message(request, messages.ERROR, failed, {"email": email_address.email})
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count by: as far as trusted proxies tell it, and one for all that a household has."""
        address = client_address(request)
        return household_of(address) if half_of(address) != "0.0.0.0" or address in {"127.0.0.1", "::1"} else "0.0.0.0"  # noqa: S104

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Keep no more of the new session than is shown in the list."""
        response: HttpResponse = super().post_login(request, user, **more)
        keep_little(request.session.session_key or "")
        return response

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody by a letter what has changed in their account, and from where; it is changed all the same."""
        request = self.request
        told = {
            "said": gettext(NOTICES[template_prefix.rpartition("/")[2]]),
            "network": shown(network_of(client_address(request))),
            "browser": name_of(self.get_http_user_agent(request)),
            "security_url": in_full(reverse("mfa_index"), request),
            **(context or {}),
        }
        with suppress(LetterNotSent):
            super().send_notification_mail("account/email/notice", user, told, email)

    def format_email_subject(self, subject: str) -> str:
        """The subject as the template has it: it names the site itself."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; raise LetterNotSent when the mail server does not take it.

        Raise TooMany of what visitors ask for, which may go to anybody; a notice goes to whose account it is. It goes
        to the address by which somebody was found: other letters than those of ASCII become the same in lower case.
        """
        email = email.lower()
        if self.request is not None and not template_prefix.endswith("/notice"):
            limits.letter(email, client_address(self.request))
        try:
            super().send_mail(template_prefix, email, {**self._leading_here(context), "site_name": settings.SITE_NAME})
        except (smtplib.SMTPException, OSError) as error:
            log.error("a letter could not be sent: %s", error)  # noqa: TRY400 - the operator needs the reason alone
            raise LetterNotSent from error

    def _leading_here(self, context: dict[str, Any]) -> dict[str, Any]:
        """What a letter says with its links below the site's own address: allauth makes them of the request's host."""
        links = {name: urlsplit(str(link)) for name, link in context.items() if name.endswith("_url")}
        own = {name: link._replace(scheme="", netloc="").geturl() for name, link in links.items()}
        return {**context, **{name: in_full(path, self.request) for name, path in own.items()}}
