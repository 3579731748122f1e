"""Writing to the operator."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from pliego.accounts.callers import client_address
from pliego.moderation import messages
from pliego.moderation.messages import Letter
from pliego.moderation.models import Topic
from pliego.web import open_forms
from pliego.web.open_forms import MailboxField, OpenForm

TOPICS = [
    (Topic.QUESTION, _("A question")),
    (Topic.DOCUMENT, _("A document that should not be here")),
    (Topic.ERROR, _("Something that does not work")),
    (Topic.DATA, _("My personal data")),
    (Topic.OTHER, _("Something else")),
]


class ContactForm(OpenForm):
    """A message."""

    topic = forms.ChoiceField(label=_("What is it about?"), choices=TOPICS)
    page = forms.CharField(label=_("Address of the page"), max_length=300, required=False)
    text = forms.CharField(label=_("Your message"), max_length=5000, widget=forms.Textarea)
    name = forms.CharField(label=_("Your name"), max_length=100, required=False)
    email = MailboxField(label=_("Your e-mail address"), max_length=254, required=False)

    def letter(self) -> Letter:
        """Return the checked message."""
        return Letter(**{name: self.cleaned_data[name] for name in ("topic", "text", "page", "name", "email")})


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the form, or take in a message."""
    first = {"page": request.GET.get("page", "")[:300], "topic": Topic.QUESTION}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=first)

    def take(nonce: str) -> None:
        messages.receive(form.letter(), nonce, client_address(request))

    return open_forms.answer(request, form, "contact/contact.html", take)
