"""The form in which an owner says for whom a share link is and how long it works."""

from datetime import date, datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pliego.documents.links import ShareLink
from pliego.documents.sharing import Terms


class LinkForm(forms.Form):
    """A share link in words; every field may stay empty."""

    label = forms.CharField(label=_("For whom"), max_length=100, required=False)
    password = forms.CharField(label=_("Password"), min_length=6, max_length=200, required=False, strip=False)
    without_password = forms.BooleanField(required=False)
    expires = forms.DateField(label=_("Last day"), required=False)
    view_limit = forms.IntegerField(label=_("Number of views"), min_value=1, max_value=1_000_000, required=False)
    note = forms.CharField(label=_("Note to yourself"), max_length=1000, required=False)

    def clean_expires(self) -> date | None:
        """Refuse a day that is over: the link would never have worked."""
        last: date | None = self.cleaned_data["expires"]
        if last and last < timezone.localdate():
            raise forms.ValidationError(gettext("This day is over."))
        return last

    def terms(self) -> Terms:
        """Return the checked values; the last day ends at midnight of the site's time zone."""
        said = self.cleaned_data
        password = "" if said["without_password"] else said["password"] or None
        last = said["expires"]
        end = timezone.make_aware(datetime.combine(last, time.max)) if last else None
        return Terms(said["label"], said["note"], password, end, said["view_limit"])

    @staticmethod
    def said_of(link: ShareLink) -> dict[str, object]:
        """Return what the form of a link begins with."""
        last = timezone.localtime(link.expires_at).date().isoformat() if link.expires_at else ""
        return {"label": link.label, "note": link.note, "expires": last, "view_limit": link.view_limit}
