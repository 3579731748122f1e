"""Saying that a document should not be here: a notice to the operator."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from pliego.accounts.callers import client_address
from pliego.documents import catalog
from pliego.documents.addresses import in_full
from pliego.moderation import notices
from pliego.moderation.models import Reason
from pliego.moderation.notices import Complaint
from pliego.web import open_forms
from pliego.web.open_forms import MailboxField, OpenForm
from pliego.web.viewers import viewer_of

REASONS = [
    (Reason.DATA, _("It shows personal data")),
    (Reason.RIGHTS, _("It is my work, or that of somebody I speak for")),
    (Reason.ILLEGAL, _("It is against the law")),
    (Reason.OTHER, _("Something else")),
]


class ReportForm(OpenForm):
    """A notice."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=REASONS)
    text = forms.CharField(label=_("Explain it"), max_length=5000, widget=forms.Textarea)
    name = forms.CharField(label=_("Your name"), max_length=100)
    email = MailboxField(label=_("Your e-mail address"), max_length=254)
    good_faith = forms.BooleanField(label=_("I believe in good faith that what I say is right and complete."))

    def complaint(self) -> Complaint:
        """Return the checked notice."""
        return Complaint(**{name: self.cleaned_data[name] for name in ("reason", "text", "name", "email")})


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the form, or take in a notice."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    form = ReportForm(request.POST if request.method == "POST" else None)
    page = in_full(document.get_absolute_url(), request)

    def take(nonce: str) -> None:
        notices.receive(document, form.complaint(), page, nonce, client_address(request))

    return open_forms.answer(request, form, "contact/report.html", take, document=document)
