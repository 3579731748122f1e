"""Addresses of the interface, each in its language: Spanish without a prefix, /en/..., /fr/... and so on."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from pliego.web.views import home, listing

app_name = "site"

urlpatterns = [
    path("", home.home, name="home"),
    path(pgettext_lazy("address", "documents/"), listing.documents, name="documents"),
]
