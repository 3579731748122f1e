"""Forms that anybody may send: they keep programs out by what they do, and ask nothing of third parties."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pliego.accounts.mailboxes import check_mailbox
from pliego.web import freshness, stamps


class MailboxField(forms.EmailField):
    """The address of somebody who may want an answer."""

    default_validators = [check_mailbox]


class OpenForm(forms.Form):
    """``website`` is not for people: they do not see it, and programs fill it in."""

    website = forms.CharField(required=False)
    stamp = forms.CharField(required=False)


def answer(
    request: HttpRequest, form: OpenForm, template: str, take: Callable[[str], None], **context: Any
) -> HttpResponse:
    """Show a form that nobody has filled in, or what is wrong with it; else ``take`` it in by its number, and thank."""

    def shown(stamp: str = "", *, again: bool = False) -> HttpResponse:
        more = {"form": form, "stamp": stamp or stamps.new_stamp(), "again": again}
        return freshness.never_stored(render(request, template, context | more))

    if not form.is_valid():
        return shown(form.data.get("stamp", ""))
    if not form.cleaned_data["website"]:
        try:
            nonce = stamps.nonce_of(form.cleaned_data["stamp"])
        except stamps.TooNew:
            return shown(form.cleaned_data["stamp"], again=True)
        except stamps.TooOld:
            return shown(again=True)
        take(nonce)
    return freshness.never_stored(render(request, "contact/thanks.html"))
