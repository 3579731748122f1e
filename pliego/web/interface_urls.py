"""Addresses of the interface, each in its language: Spanish without a prefix, /en/..., /fr/... and so on."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from pliego.web.views import explore, home, listing, search

app_name = "site"

search_urls = [
    path("", search.search, name="search"),
    path("feed.atom", search.feed, name="search_feed"),
    path("suggest.json", search.suggest, name="suggest"),
    path("opensearch.xml", search.description, name="opensearch"),
]

explore_urls = [
    path("", explore.explore, name="explore"),
    path(pgettext_lazy("address", "author/<path:name>/"), explore.author, name="author"),
    path(pgettext_lazy("address", "subject/<path:name>/"), explore.subject, name="subject"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path(pgettext_lazy("address", "documents/"), listing.documents, name="documents"),
    path(pgettext_lazy("address", "search/"), include(search_urls)),
    path(pgettext_lazy("address", "explore/"), include(explore_urls)),
]
