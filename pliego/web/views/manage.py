"""What the owner of a document does."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pliego.documents import catalog, gathering, library, recovery, trash
from pliego.documents.addresses import in_full
from pliego.documents.models import Document, Licence, Privacy
from pliego.errors import BadRequest, NotFound, WrongPassword
from pliego.web import freshness, qr, receipts, windows
from pliego.web.answers import sentence
from pliego.web.claiming import claimed
from pliego.web.languages import language_choices, language_name
from pliego.web.viewers import keep_token, viewer_of


class DetailsForm(forms.Form):
    """What an owner says of a document."""

    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    author = forms.CharField(label=_("Author"), max_length=300, required=False)
    description = forms.CharField(
        label=_("Description"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    keywords = forms.CharField(label=_("Keywords"), max_length=library.KEYWORDS_MOST, required=False)
    date = forms.DateField(
        label=_("Date"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": "9999-12-31"}),
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=[("", _("Not said")), *Licence.choices], required=False)
    privacy = forms.ChoiceField(label=_("Who can see it"), widget=forms.RadioSelect, choices=Privacy.choices)

    def details(self) -> library.Details:
        """Return the checked values."""
        return library.Details(**{**self.cleaned_data, "privacy": Privacy(self.cleaned_data["privacy"])})


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address bar: give this browser the key and go on to the owner's page."""
    if document := library.managed_by(token):
        response = HttpResponseRedirect(_trash_url(document.pk) if document.trashed_at else document.manage_url)
        keep_token(request, response, document.pk, token)
    elif collection := gathering.managed_by(token):
        response = HttpResponseRedirect(collection.manage_url)
        keep_token(request, response, collection.pk, token, room="c")
    else:
        raise NotFound
    return freshness.never_stored(response)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show and save what the owner says of a document; lead to the trash while it lies there."""
    viewer = viewer_of(request, identifier)
    if trash.holds(viewer, identifier):
        return freshness.never_stored(HttpResponseRedirect(_trash_url(identifier)))
    document = catalog.owned_document(viewer, identifier)
    form = DetailsForm(request.POST or None, initial=library.said_of(document))
    amended = None
    if request.method == "POST" and form.is_valid():
        amended = library.amend(document, form.details(), _shown(request, document))
        document, form = catalog.owned_document(viewer, identifier), windows.told(DetailsForm, amended)
    if document.file.language and not document.locked:
        told = gettext("Not said, it is the one recognised in the text: {language}.")
        form.fields["language"].help_text = told.format(language=language_name(document.file.language))
    context = {
        "document": document,
        "form": form,
        "opened_with": DetailsForm(initial=library.said_of(document), prefix=windows.SHOWN),
        "saved": amended and not amended.meanwhile,
        "meanwhile": amended and amended.meanwhile,
        "manage_address": receipts.kept_address(request),
    }
    status = 409 if context["meanwhile"] else 200
    return freshness.never_stored(render(request, "manage/manage.html", context, status=status))


def _shown(request: HttpRequest, document: Document) -> library.Details:
    """Return what the page showed that a form was sent from; of one that does not say it, what is true now."""
    form = DetailsForm(request.POST, prefix=windows.SHOWN)
    return form.details() if form.is_valid() else library.Details(**library.said_of(document))


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, identifier: str) -> HttpResponse:
    """Ask, then put a document into the trash."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    if request.method != "POST":
        context = {"document": document, "days": trash.KEPT.days}
        return freshness.never_stored(render(request, "manage/delete.html", context))
    trash.put(document)
    return freshness.never_stored(HttpResponseRedirect(_trash_url(identifier), status=303))


@require_http_methods(["GET", "HEAD", "POST"])
def trashed(request: HttpRequest, identifier: str) -> HttpResponse:
    """Say until when a document lies in the trash; bring it back, or let it go before that."""
    viewer = viewer_of(request, identifier)
    document = trash.one(viewer, identifier)
    if request.method != "POST":
        context = {"document": document, "until": trash.until(document)}
        return freshness.never_stored(render(request, "manage/trashed.html", context))
    verb = request.POST.get("do", "")
    if verb == "restore":
        trash.restore(viewer, [identifier])
        return freshness.never_stored(HttpResponseRedirect(document.get_absolute_url(), status=303))
    if verb != "remove":
        raise BadRequest(what="do")
    trash.give_up(viewer, [identifier])
    return freshness.never_stored(render(request, "manage/deleted.html", {"title": document.title}))


def _trash_url(identifier: str) -> str:
    return reverse("web:trashed", args=[identifier])


@require_safe
def card(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a card to print or to save, with the document's address and its manage link as QR codes."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    address = in_full(reverse("web:document_short", args=[document.pk]), request)
    secret = receipts.kept_address(request) if document.manage_hash else ""
    context = {
        "document": document,
        "address": address,
        "code": qr.in_page(address),
        "manage_address": secret,
        "manage_code": qr.in_page(secret) if secret else "",
    }
    return freshness.never_stored(render(request, "manage/card.html", context))


@require_POST
def remember(request: HttpRequest, identifier: str) -> HttpResponse:
    """Note where a new manage link may be sent, or no longer."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    recovery.note(document, request.POST.get("email", "")[:254])
    return HttpResponseRedirect(document.manage_url, status=303)


@require_POST
def claim(request: HttpRequest, identifier: str) -> HttpResponse:
    """Put a document that has only a manage link into the account that is signed in."""
    viewer = viewer_of(request, identifier)
    document = catalog.owned_document(viewer, identifier)
    return claimed(viewer, document, partial(library.claim, document))


@require_POST
def unlock(request: HttpRequest, identifier: str) -> HttpResponse:
    """Open an encrypted document with the password that its owner gives; the password is kept nowhere."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    try:
        library.unlock(document, request.POST.get("password", "")[:500])
    except WrongPassword as error:
        context = {"document": document, "error": sentence(error)}
        return freshness.never_stored(render(request, "manage/unlock.html", context, status=error.status))
    return HttpResponseRedirect(document.get_absolute_url(), status=303)
