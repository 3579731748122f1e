"""Resumable uploads over HTTP: tus 1.0 with creation, creation-with-upload, expiration, checksum and termination.

The identifier of an upload is a secret of its sharer: whoever knows it may go on with it. Errors are answered as
`error: CODE sentence`.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from pliego.accounts.callers import client_address, from_elsewhere, place_of
from pliego.accounts.network import network_of
from pliego.accounts.viewer import Viewer
from pliego.documents import catalog
from pliego.documents import uploads as transfers
from pliego.documents.addresses import in_full
from pliego.documents.models import Document, Origin, Upload
from pliego.documents.numbers import whole
from pliego.documents.uploads import Checksum, Piece, Progress
from pliego.errors import BadRequest, Forbidden, PliegoError
from pliego.web import answers, receipts
from pliego.web.viewers import keep_token, viewer_of, visitor_of

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
PIECE_TYPE = "application/offset+octet-stream"
READ = 64 * 1024
"""Bytes read at a time: what a cut connection may lose."""

View = Callable[..., HttpResponse]


def _tus(*methods: str) -> Callable[[View], View]:
    """Answer OPTIONS, refuse other versions, methods and sites, and put errors into the protocol's words."""

    def decorate(view: View) -> View:
        @csrf_exempt  # other sites are refused, and the session cookie does not come with their requests
        @wraps(view)
        def handle(request: HttpRequest, **kwargs: str) -> HttpResponse:
            method = request.method or ""
            if method == "POST":  # what asks with GET is to change nothing, by whatever name
                method = request.headers.get("X-HTTP-Method-Override", method).upper()
            try:
                response = _refusal(request, method, methods) or view(request, method, **kwargs)
            except PliegoError as error:
                response = answers.as_text(error)
            response.headers["Tus-Resumable"] = VERSION
            response.headers["Cache-Control"] = "no-store"
            return response

        return handle

    return decorate


def _refusal(request: HttpRequest, method: str, methods: tuple[str, ...]) -> HttpResponse | None:
    """Return the answer to what needs no view: OPTIONS, and what the protocol does not allow."""
    if method == "OPTIONS":
        headers = {
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(settings.MAX_UPLOAD_MB << 20),
            "Tus-Checksum-Algorithm": ",".join(transfers.ALGORITHMS),
        }
        return HttpResponse(status=204, headers=headers)
    if method not in methods:
        return HttpResponseNotAllowed([*methods, "OPTIONS"])
    if request.headers.get("Tus-Resumable") != VERSION:
        return HttpResponse(status=412, headers={"Tus-Version": VERSION})
    if from_elsewhere(request):
        raise Forbidden
    return None


@_tus("POST")
def uploads(request: HttpRequest, method: str) -> HttpResponse:  # noqa: ARG001
    """Begin an upload, perhaps with its first piece: its address, and those of the document it will become."""
    return _begun(request, visitor_of(request))


@_tus("POST")
def replacements(request: HttpRequest, method: str, identifier: str) -> HttpResponse:  # noqa: ARG001
    """Begin the upload of another file for a document."""
    viewer = viewer_of(request, identifier)
    return _begun(request, viewer, catalog.owned_document(viewer, identifier))


def _begun(request: HttpRequest, viewer: Viewer, replaces: Document | None = None) -> HttpResponse:
    length = _whole(request, "Upload-Length")
    metadata = _metadata(request)
    upload, token = transfers.begin(
        length,
        metadata.get("filename") or metadata.get("name") or "",
        metadata.get("privacy", ""),
        network_of(client_address(request)),
        viewer,
        place_of(request),
        replaces,
    )
    progress = None
    if request.content_type == PIECE_TYPE and request.headers.get("Content-Length", "0") != "0":
        progress = _append(request, upload, 0)
    response = _answer(request, upload, progress or Progress(0), status=201)
    response.headers["Location"] = request.build_absolute_uri(reverse("web:upload", args=[upload.pk]))  # for its sender
    if token:
        response.headers["Pliego-Manage"] = receipts.manage_address(request, token)
        keep_token(request, response, upload.document_id, token)
    return response


@_tus("HEAD", "PATCH", "DELETE")
def upload(request: HttpRequest, method: str, identifier: str) -> HttpResponse:
    """Tell how far an upload has come, take its next piece, or forget it."""
    found = transfers.find(identifier)
    if method == "DELETE":
        transfers.cancel(found)
        return HttpResponse(status=204)
    if method == "PATCH":
        if request.content_type != PIECE_TYPE:
            return HttpResponse(status=415)
        return _answer(request, found, _append(request, found, _whole(request, "Upload-Offset")), status=204)
    response = _answer(request, found, transfers.resume(found, _origin(request)), status=200)
    response.headers["Upload-Length"] = str(found.length)
    response.headers["Upload-Metadata"] = f"filename {_encoded(found.original_name)},privacy {_encoded(found.privacy)}"
    return response


def _append(request: HttpRequest, upload: Upload, offset: int) -> Progress:
    length = _whole(request, "Content-Length")
    piece = Piece(offset, length, _chunks(request, length), _checksum(request))
    return transfers.append(upload, piece, _origin(request))


def _chunks(request: HttpRequest, length: int) -> Iterator[bytes]:
    """The body in small reads; where the connection was cut it simply ends."""
    while length > 0:
        try:
            chunk = request.read(min(READ, length))
        except UnreadablePostError:
            return
        if not chunk:
            return
        length -= len(chunk)
        yield chunk


def _answer(request: HttpRequest, upload: Upload, progress: Progress, status: int) -> HttpResponse:
    page = reverse("web:document_short", args=[upload.replaces_id or upload.document_id])
    headers = {
        "Upload-Offset": str(progress.offset),
        "Upload-Expires": http_date(upload.expires_at.timestamp()),
        "Pliego-Page": in_full(page, request),
    }
    if progress.received and progress.received.same_file:
        same = progress.received.same_file.get_absolute_url()
        headers["Pliego-Duplicate"] = in_full(same, request)
    return HttpResponse(status=status, headers=headers)


def _origin(request: HttpRequest) -> str:
    """Browsers tell where a request comes from; programs do not."""
    return Origin.WEB if "Sec-Fetch-Site" in request.headers else Origin.PROGRAM


def _whole(request: HttpRequest, header: str) -> int:
    """Return the header's whole number; raise BadRequest without a proper one."""
    return whole(request.headers.get(header, ""), header)


def _metadata(request: HttpRequest) -> dict[str, str]:
    """Return the words of Upload-Metadata: pairs of a key and a base64 value, with commas between them."""
    found = {}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:
            raise BadRequest(what="Upload-Metadata") from error
    return found


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode(errors="replace")).decode()


def _checksum(request: HttpRequest) -> Checksum | None:
    """Return what Upload-Checksum asks for; None without it. Raise BadRequest for an algorithm that is not offered."""
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _, value = header.partition(" ")
    if algorithm not in transfers.ALGORITHMS:
        raise BadRequest(what="Upload-Checksum")
    try:
        return Checksum(algorithm, base64.b64decode(value, validate=True))
    except binascii.Error as error:
        raise BadRequest(what="Upload-Checksum") from error
