"""How long an answer may be kept, and by whom.

The page of a document is rendered once for each state of it (its revision and view count) and language, and kept in
memory for everybody but its owner. Whether this person may see it is asked of the database each time, before.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from pliego import __version__
from pliego.documents.addresses import in_full
from pliego.documents.models import Document, Privacy

_KEPT_FOR = 3600
_KEPT_MOST = 64 << 10
"""Bytes of a packed page: most have a tenth of it, and a small file can hold pages of megabytes."""
_LEVEL = 5
Answer = TypeVar("Answer", bound=HttpResponseBase)


def never_stored(response: Answer) -> Answer:
    """Mark an answer that depends on who looks."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def cache_control(document: Document) -> str:
    """Return the header for what shows a document: whoever keeps it has to ask again each time."""
    if document.privacy == Privacy.PUBLIC:
        return "public, no-cache"
    return "private, no-store" if document.privacy == Privacy.PRIVATE else "private, no-cache"


def mark(response: HttpResponseBase, document: Document) -> None:
    """Mark what shows a document: how long it may be kept; search engines leave alone what is not public."""
    response.headers["Cache-Control"] = cache_control(document)
    if not document.public:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"


def shared(
    request: HttpRequest, document: Document, part: str, make: Callable[[], HttpResponse]
) -> HttpResponse | HttpResponseNotModified:
    """Answer with a part of a document that looks the same to everybody, from memory or as "not modified" if possible.

    The caller has checked that this person may see the document.
    """
    version = f"{document.named} {document.revision} {document.file.finished} {document.view_count} {part}"
    version = f"{version} {get_language()} {in_full('/', request)}"
    key = hashlib.sha256(f"{__version__} {version}".encode()).hexdigest()
    etag = f'W/"{key[:24]}"'
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = _packed(request, key, make)
    response.headers["ETag"] = etag
    mark(response, document)
    patch_vary_headers(response, ("Accept-Encoding", "Accept-Language", "Cookie"))
    return response


def made_anew(request: HttpRequest, document: Document, response: HttpResponse) -> HttpResponse:
    """Mark and pack an answer that looks the same to everybody but depends on what was asked, and is not kept here.

    What shows a private document is not packed: an answer that repeats what was asked would tell of it by its length
    (BREACH).
    """
    mark(response, document)
    patch_vary_headers(response, ("Accept-Encoding", "Accept-Language", "Cookie"))
    if document.privacy != Privacy.PRIVATE and _takes_gzip(request):
        response.content = gzip.compress(response.content, _LEVEL, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response


def _takes_gzip(request: HttpRequest) -> bool:
    return bool(re.search(r"\bgzip\b", request.headers.get("Accept-Encoding", "")))


def _packed(request: HttpRequest, key: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer from memory, packed once. It holds no secret and no token, so packing tells nothing (BREACH)."""
    body: bytes | None = caches["pages"].get(key)
    if body is None:
        body = gzip.compress(make().content, _LEVEL, mtime=0)
        if len(body) <= _KEPT_MOST:
            caches["pages"].set(key, body, _KEPT_FOR)
    if _takes_gzip(request):
        return HttpResponse(body, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(body))
