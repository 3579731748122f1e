"""Addresses of the interface, each in its language: Spanish without a prefix, /en/..., /fr/... and so on."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from pliego.web.views import home, listing, search

app_name = "site"

search_urls = [
    path("", search.search, name="search"),
    path("feed.atom", search.feed, name="search_feed"),
    path("suggest.json", search.suggest, name="suggest"),
    path("opensearch.xml", search.description, name="opensearch"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path(pgettext_lazy("address", "documents/"), listing.documents, name="documents"),
    path(pgettext_lazy("address", "search/"), include(search_urls)),
]
