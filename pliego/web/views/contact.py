"""Writing to the operator: a form that keeps programs out by what they do, and asks nothing of third parties."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from pliego.accounts.callers import client_address
from pliego.moderation import messages
from pliego.moderation.messages import Letter
from pliego.moderation.models import Topic
from pliego.web import freshness, stamps

TOPICS = [
    (Topic.QUESTION, _("A question")),
    (Topic.DOCUMENT, _("A document that should not be here")),
    (Topic.ERROR, _("Something that does not work")),
    (Topic.DATA, _("My personal data")),
    (Topic.OTHER, _("Something else")),
]


class ContactForm(forms.Form):
    """A message. ``website`` is not for people: they do not see it, and programs fill it in."""

    topic = forms.ChoiceField(label=_("What is it about?"), choices=TOPICS)
    page = forms.CharField(label=_("Address of the page"), max_length=300, required=False)
    text = forms.CharField(label=_("Your message"), max_length=5000, widget=forms.Textarea)
    name = forms.CharField(label=_("Your name"), max_length=100, required=False)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254, required=False)
    website = forms.CharField(required=False)
    stamp = forms.CharField(required=False)

    def letter(self) -> Letter:
        """Return the checked message."""
        return Letter(**{name: self.cleaned_data[name] for name in ("topic", "text", "page", "name", "email")})


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the form, or take in a message."""
    if request.method != "POST":
        return _form(request, ContactForm(initial={"page": request.GET.get("page", "")[:300], "topic": Topic.QUESTION}))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _form(request, form, form.data.get("stamp", ""))
    if form.cleaned_data["website"]:
        return _thanks(request)
    try:
        nonce = stamps.nonce_of(form.cleaned_data["stamp"])
    except stamps.TooNew:
        return _form(request, form, form.cleaned_data["stamp"], again=True)
    except stamps.TooOld:
        return _form(request, form, again=True)
    messages.receive(form.letter(), nonce, client_address(request))
    return _thanks(request)


def _form(request: HttpRequest, form: ContactForm, stamp: str = "", *, again: bool = False) -> HttpResponse:
    context = {"form": form, "stamp": stamp or stamps.new_stamp(), "again": again}
    return freshness.never_stored(render(request, "contact/contact.html", context))


def _thanks(request: HttpRequest) -> HttpResponse:
    return freshness.never_stored(render(request, "contact/thanks.html"))
