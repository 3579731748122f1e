"""The engines as this site uses them, made once from the settings."""

from functools import cache

from django.conf import settings

from pliego.documents.sidecar import TextSidecar
from pliego.pdf.reader import Reader
from pliego.pdf.sandbox import socket_in
from pliego.search.index import Index
from pliego.storage.derived import Derived, PictureCache
from pliego.storage.local import LocalBlobs

TEXT_VERSION = "3"
"""The version of the text extractor: a new number makes every text be read anew."""

FACTS_VERSION = "2"
"""The version of what tells facts: with a new number those of files that were read before are told anew."""


@cache
def blobs() -> LocalBlobs:
    """The stored PDFs."""
    return LocalBlobs(settings.DATA / "blobs")


@cache
def derived() -> Derived:
    """What was read from them; it can be made again, but for copies of locked files, which need their password."""
    return Derived(settings.DATA / "derived")


@cache
def pictures() -> PictureCache:
    """Page pictures, the least recently used ones dropped over the cap."""
    return PictureCache(settings.DATA / "pictures", settings.PICTURE_CACHE_MB << 20)


@cache
def index() -> Index:
    """The full-text index; can be rebuilt from the stored text at any time."""
    return Index(settings.DATA / "index")


def sidecar(sha256: str) -> TextSidecar:
    """The text of a file's pages."""
    return TextSidecar(derived(), sha256, TEXT_VERSION)


@cache
def reader() -> Reader:
    """The client of the confined parser process."""
    return Reader(socket_in(settings.DATA), queue_seconds=20)


@cache
def hurried_reader() -> Reader:
    """The same for what a page can do without: it waits for a second at most."""
    return Reader(socket_in(settings.DATA), queue_seconds=1)
