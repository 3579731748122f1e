"""Saying that a document should not be here: a notice to the operator."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from pliego.accounts.callers import client_address
from pliego.documents import catalog
from pliego.documents.models import Document
from pliego.moderation import notices
from pliego.moderation.models import Reason
from pliego.moderation.notices import Complaint
from pliego.web import freshness, stamps
from pliego.web.viewers import viewer_of

REASONS = [
    (Reason.DATA, _("It shows personal data")),
    (Reason.RIGHTS, _("It is my work, or that of somebody I speak for")),
    (Reason.ILLEGAL, _("It is against the law")),
    (Reason.OTHER, _("Something else")),
]


class ReportForm(forms.Form):
    """A notice. ``website`` is not for people: they do not see it, and programs fill it in."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=REASONS)
    text = forms.CharField(label=_("Explain it"), max_length=5000, widget=forms.Textarea)
    name = forms.CharField(label=_("Your name"), max_length=100)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    good_faith = forms.BooleanField(label=_("I believe in good faith that what I say is right and complete."))
    website = forms.CharField(required=False)
    stamp = forms.CharField(required=False)

    def complaint(self) -> Complaint:
        """Return the checked notice."""
        return Complaint(**{name: self.cleaned_data[name] for name in ("reason", "text", "name", "email")})


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the form, or take in a notice."""
    document = catalog.document_for(viewer_of(request, identifier), identifier)
    if request.method != "POST":
        return _form(request, document, ReportForm())
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form(request, document, form, form.data.get("stamp", ""))
    if form.cleaned_data["website"]:
        return _thanks(request)
    try:
        nonce = stamps.nonce_of(form.cleaned_data["stamp"])
    except stamps.TooNew:
        return _form(request, document, form, form.cleaned_data["stamp"], again=True)
    except stamps.TooOld:
        return _form(request, document, form, again=True)
    page = request.build_absolute_uri(document.get_absolute_url())
    notices.receive(document, form.complaint(), page, nonce, client_address(request))
    return _thanks(request)


def _form(
    request: HttpRequest, document: Document, form: ReportForm, stamp: str = "", *, again: bool = False
) -> HttpResponse:
    context = {"document": document, "form": form, "stamp": stamp or stamps.new_stamp(), "again": again}
    return freshness.never_stored(render(request, "contact/report.html", context))


def _thanks(request: HttpRequest) -> HttpResponse:
    return freshness.never_stored(render(request, "contact/thanks.html"))
