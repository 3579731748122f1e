"""Addresses of the interface, each in its language: Spanish without a prefix, /en/..., /fr/... and so on."""

from django.urls import path, re_path
from django.utils.translation import pgettext_lazy

from pliego.documents.identifiers import PATTERN
from pliego.web.views import home, listing, manage

app_name = "site"

urlpatterns = [
    path("", home.home, name="home"),
    path(pgettext_lazy("address", "documents/"), listing.documents, name="documents"),
    re_path(rf"^manage/(?P<identifier>{PATTERN})/$", manage.edit, name="manage"),
    re_path(rf"^manage/(?P<identifier>{PATTERN})/delete$", manage.delete, name="delete"),
]
