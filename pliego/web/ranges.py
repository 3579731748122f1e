"""Answering with a stored PDF: whole or in part, with conditions (RFC 9110, sections 13 and 14).

One range is honoured, from a first to a last byte, from a first byte on, or the last bytes. Several ranges at once are
answered with the whole file, which the RFC allows.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from pliego.storage.blobs import BLOCK

_RANGE = re.compile(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)
_MAX_DIGITS = 19
"""More digits than any file has bytes; also keeps int() cheap."""


_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
_WITHOUT = "frame-ancestors 'none'"
_WEBKIT = re.compile(r"AppleWebKit/(?!.*Chrom(?:e|ium)/)")


def set_file_policy(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep a browser from running a PDF as a page of this site, whatever its bytes are.

    Safari, and every browser of an iPhone, shows nothing where the answer puts a PDF into a sandbox. There the fixed
    type, which is never guessed again, has to do.
    """
    webkit = _WEBKIT.search(request.headers.get("User-Agent", ""))
    response.headers["Content-Security-Policy"] = _WITHOUT if webkit else _SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ("User-Agent",))


class UnsatisfiableError(ValueError):
    """The range lies wholly outside the file."""


@dataclass(frozen=True, slots=True)
class Served:
    """A file as it is given out. ``etag`` is strong and quoted; ``internal`` is its path below the blob store."""

    path: Path
    size: int
    etag: str
    modified: datetime
    disposition: str
    internal: str = ""
    content_type: str = "application/pdf"


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """The first byte asked for and the number of bytes; None when the whole file is due. Raise UnsatisfiableError."""
    match = _RANGE.fullmatch(header)
    if match is None:
        return None
    first, last = match.groups()
    if max(len(first), len(last)) > _MAX_DIGITS or first == last == "":
        return None
    if not first:
        return _suffix(int(last), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise UnsatisfiableError
    end = min(int(last), size - 1) if last else size - 1
    return int(first), end - int(first) + 1


def _suffix(length: int, size: int) -> tuple[int, int]:
    if not length or not size:
        raise UnsatisfiableError
    return max(size - length, 0), min(length, size)


def file_response(request: HttpRequest, served: Served) -> HttpResponseBase:
    """Answer GET or HEAD with the file. The caller says how long it may be kept (see `freshness`)."""
    response = _answer(request, served)
    headers = {
        "Content-Type": served.content_type,
        "Content-Disposition": served.disposition,
        "Accept-Ranges": "bytes",
        "ETag": served.etag,
        "Last-Modified": http_date(served.modified.timestamp()),
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    for name, value in headers.items():
        response.headers[name] = value
    set_file_policy(request, response)
    return response


def _answer(request: HttpRequest, served: Served) -> HttpResponseBase:
    if settings.X_ACCEL_PREFIX and served.internal:
        # The front server reads the file and answers conditions and ranges itself.
        return HttpResponse(headers={"X-Accel-Redirect": f"{settings.X_ACCEL_PREFIX}/{quote(served.internal)}"})
    modified = int(served.modified.timestamp())
    conditional = get_conditional_response(request, served.etag, modified)
    if conditional is not None:
        return conditional
    try:
        part = _wanted(request, served, modified)
    except UnsatisfiableError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{served.size}"})
    if part is None:
        return _body(request, served, 0, served.size)
    first, length = part
    partial = _body(request, served, first, length)
    partial.status_code = 206
    partial.headers["Content-Range"] = f"bytes {first}-{first + length - 1}/{served.size}"
    return partial


def _wanted(request: HttpRequest, served: Served, modified: int) -> tuple[int, int] | None:
    """The range that applies: only with GET, and only when If-Range names the file as it is."""
    header = request.headers.get("Range")
    if header is None or request.method != "GET":
        return None
    condition = request.headers.get("If-Range", served.etag)
    # A strong comparison: a weak validator or an older date never matches (RFC 9110, 13.1.5).
    if condition != served.etag and parse_http_date_safe(condition) != modified:
        return None
    return parse_range(header, served.size)


def _body(request: HttpRequest, served: Served, first: int, length: int) -> HttpResponseBase:
    headers = {"Content-Length": str(length)}
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(Blocks(served.path, first, length), headers=headers)


class Blocks:
    """The bytes of a part of a file, block by block. The file is opened at once, so a missing one raises here."""

    def __init__(self, path: Path, first: int, length: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._file.seek(first)
        self._left = length
        os.posix_fadvise(self._file.fileno(), first, length, os.POSIX_FADV_SEQUENTIAL)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        block = self._file.read(min(BLOCK, self._left)) if self._left else b""
        if not block:
            self.close()
            raise StopIteration
        self._left -= len(block)
        return block

    def close(self) -> None:
        """Close the file; the server does it when the reader goes away."""
        self._file.close()
        self._left = 0
