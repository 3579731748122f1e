"""Forms that are open in several windows: what each showed, and what was said in another one meanwhile."""

import datetime
from typing import Any, TypeVar

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext

from pliego.documents.amending import Amended

SHOWN = "shown"
"""The prefix under which a form says again, out of sight, what it showed when it was opened."""
_Form = TypeVar("_Form", bound=forms.Form)


def told(kind: type[_Form], amended: Amended) -> _Form:
    """Return the form as it is shown after it was sent, with what was said elsewhere meanwhile."""
    form = kind({name: value for name, value in amended.details.items() if value is not None})
    for name, value in amended.meanwhile.items():
        form.add_error(name, _elsewhere(form.fields[name], value) if value else gettext("Elsewhere it was left empty."))
    return form


def _elsewhere(field: forms.Field, value: Any) -> str:
    """Return what a field says elsewhere, in the words of its form."""
    words = dict(getattr(field, "choices", ())).get(value, value)
    said = date_format(words) if isinstance(words, datetime.date) else str(words)
    return gettext("Elsewhere it says by now: “{words}”.").format(words=said)
