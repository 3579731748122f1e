"""Addresses of the interface, each in its language: Spanish without a prefix, /en/..., /fr/... and so on."""

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from django.utils.translation import pgettext_lazy

from pliego.documents.identifiers import PATTERN
from pliego.web import articles
from pliego.web.views import (
    account,
    api_keys,
    collections,
    contact,
    explore,
    folders,
    help,  # noqa: A004 - what the help pages are called
    home,
    legal,
    listing,
    manifest,
    mine,
    recover,
    search,
    share_links,
    toolbox,
    trash,
)

app_name = "site"
register_converter(articles.Converter, "article")

account_urls = [
    path("", account.home, name="account"),
    path(pgettext_lazy("address", "take-along.zip"), account.export, name="account_export"),
    path(pgettext_lazy("address", "close/"), account.close, name="account_close"),
    path(pgettext_lazy("address", "programs/"), api_keys.keys, name="api_keys"),
    path(pgettext_lazy("address", "programs/new-key/"), api_keys.make, name="api_key_new"),
    path(pgettext_lazy("address", "programs/<int:number>/revoke/"), api_keys.revoke, name="api_key_revoke"),
]

files_urls = [
    path("", mine.files, name="files"),
    path(pgettext_lazy("address", "change/"), mine.change, name="files_change"),
    path(pgettext_lazy("address", "undo/"), mine.undo, name="files_undo"),
    re_path(rf"^(?P<identifier>{PATTERN})/$", mine.rename, name="files_rename"),
    path(pgettext_lazy("address", "folders/"), folders.change, name="folders"),
    path(pgettext_lazy("address", "share-links/"), share_links.overview, name="share_links"),
    path(pgettext_lazy("address", "share-links/revoke/"), share_links.change, name="share_links_revoke"),
    path(pgettext_lazy("address", "trash/"), trash.show, name="trash"),
    path(pgettext_lazy("address", "trash/change/"), trash.change, name="trash_change"),
]

recover_urls = [
    path("", recover.ask, name="recover"),
    path(pgettext_lazy("address", "new-link/"), recover.follow, name="recover_open"),
]

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
    path(pgettext_lazy("address", "account/"), include(account_urls)),
    path(pgettext_lazy("address", "files/"), include(files_urls)),
    path(pgettext_lazy("address", "lost-link/"), include(recover_urls)),
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
