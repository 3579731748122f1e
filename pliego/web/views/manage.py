"""What the owner of a document does."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pliego.documents import catalog, gathering, library, removal
from pliego.documents.models import Document, Privacy
from pliego.errors import NotFound, WrongPassword
from pliego.web import freshness, receipts
from pliego.web.languages import language_choices
from pliego.web.viewers import keep_token, viewer_of
from pliego.web.views.errors import sentence


class DetailsForm(forms.Form):
    """What an owner says of a document."""

    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    author = forms.CharField(label=_("Author"), max_length=300, required=False)
    description = forms.CharField(
        label=_("Description"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    privacy = forms.ChoiceField(label=_("Who can see it"), widget=forms.RadioSelect, choices=Privacy.choices)

    def details(self) -> library.Details:
        """Return the checked values."""
        return library.Details(**{**self.cleaned_data, "privacy": Privacy(self.cleaned_data["privacy"])})


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address bar: give this browser the key and go on to the owner's page."""
    if document := library.managed_by(token):
        response = HttpResponseRedirect(document.manage_url)
        keep_token(request, response, document.pk, token)
    elif collection := gathering.managed_by(token):
        response = HttpResponseRedirect(collection.manage_url)
        keep_token(request, response, collection.pk, token, room="c")
    else:
        raise NotFound
    return freshness.never_stored(response)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show and save what the owner says of a document."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    form = DetailsForm(request.POST or None, initial=_initial(document))
    saved = False
    if request.method == "POST" and form.is_valid():
        document = library.edit(document, form.details())
        saved = True
    context = {"document": document, "form": form, "saved": saved, "manage_address": receipts.kept_address(request)}
    return freshness.never_stored(render(request, "manage/manage.html", context))


def _initial(document: Document) -> dict[str, str]:
    return {
        "title": document.own_title,
        "author": document.own_author,
        "description": document.description,
        "language": document.own_language,
        "privacy": document.privacy,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, identifier: str) -> HttpResponse:
    """Ask, then delete a document for good."""
    document = catalog.owned_document(viewer_of(request, identifier), identifier)
    if request.method != "POST":
        return freshness.never_stored(render(request, "manage/delete.html", {"document": document}))
    removal.remove(document)
    return freshness.never_stored(render(request, "manage/deleted.html", {"title": document.title}))


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
