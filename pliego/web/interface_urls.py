"""Addresses of the interface, each in its language: Spanish without a prefix, /en/..., /fr/... and so on."""

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from django.utils.translation import pgettext_lazy

from pliego.web import articles
from pliego.web.views import (
    account,
    collections,
    contact,
    explore,
    help,  # noqa: A004 - what the help pages are called
    home,
    legal,
    listing,
    manifest,
    search,
    toolbox,
)

app_name = "site"
register_converter(articles.Converter, "article")

search_urls = [
    path("", search.search, name="search"),
    path("feed.atom", search.feed, name="search_feed"),
    path("suggest.json", search.suggest, name="suggest"),
    path("opensearch.xml", search.description, name="opensearch"),
]

documents_urls = [
    path("", listing.documents, name="documents"),
    path("feed.atom", listing.feed, name="documents_feed"),
]

author_urls = [
    path("", explore.author, name="author"),
    path("feed.atom", explore.author_feed, name="author_feed"),
]

explore_urls: list[URLPattern | URLResolver] = [
    path("", explore.explore, name="explore"),
    path(pgettext_lazy("address", "author/<path:name>/"), include(author_urls)),
    path(pgettext_lazy("address", "subject/<path:name>/"), explore.subject, name="subject"),
]

help_urls = [
    path("", help.index, name="help"),
    path("<article:name>/", help.article, name="help_article"),
]

tool_urls = [
    path("", toolbox.tools, name="tools"),
    re_path(r"^(?P<names>[a-z0-9+-]{1,400})/$", toolbox.tool, name="tool"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path(pgettext_lazy("address", "account/"), account.home, name="account"),
    path(pgettext_lazy("address", "documents/"), include(documents_urls)),
    path(pgettext_lazy("address", "collections/"), collections.index, name="collections"),
    path(pgettext_lazy("address", "search/"), include(search_urls)),
    path(pgettext_lazy("address", "explore/"), include(explore_urls)),
    path(pgettext_lazy("address", "help/"), include(help_urls)),
    path(pgettext_lazy("address", "contact/"), contact.contact, name="contact"),
    path(pgettext_lazy("address", "terms/"), legal.show, {"name": "terms"}, name="terms"),
    path(pgettext_lazy("address", "privacy/"), legal.show, {"name": "privacy"}, name="privacy"),
    path(pgettext_lazy("address", "tools/"), include(tool_urls)),
]
