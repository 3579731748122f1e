import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from pliego.accounts import api_keys
from pliego.accounts.manage_links import token_hash
from pliego.accounts.viewer import Viewer
from pliego.documents import library
from pliego.documents.models import Document, Privacy, Upload
from pliego.web.viewers import COOKIE
from tests.people import account, leaflet, share, visit

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 12 + b"%%EOF\n"
PIECE = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def folder(own_data: Path) -> Path:
    return own_data / "uploads"


def send(client: Client, method: str, path: str, body: bytes = b"", **headers: Any) -> HttpResponse:
    named = {name.replace("_", "-"): str(value) for name, value in headers.items() if value is not None}
    kind = named.pop("Content-Type", PIECE if body or method == "PATCH" else "")
    answer = client.generic(method, path, body, kind, headers={"Tus-Resumable": "1.0.0"} | named)
    assert isinstance(answer, HttpResponse)
    return answer


def b64(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def create(client: Client, length: int = len(PDF), body: bytes = b"", **headers: Any) -> HttpResponse:
    return send(client, "POST", "/subidas/", body, Upload_Length=length, **headers)


def begun(client: Client, **headers: Any) -> str:
    return urlsplit(create(client, **headers).headers["Location"]).path


def patch(client: Client, path: str, offset: int, body: bytes, **headers: Any) -> HttpResponse:
    return send(client, "PATCH", path, body, Upload_Offset=offset, **headers)


def test_what_an_account_sends_belongs_to_it_whoever_sends_the_last_piece(client: Client) -> None:
    client.force_login(account())
    answer = create(client)
    assert "Pliego-Manage" not in answer.headers
    assert COOKIE not in answer.cookies
    patch(Client(), urlsplit(answer.headers["Location"]).path, 0, PDF)
    document = Document.objects.get()
    assert (document.owner, document.manage_hash) == (account(), "")


def test_a_key_that_reads_sends_nothing_under_another_name() -> None:
    _, secret = api_keys.make(Viewer(person=account().pk), "lectora", may_write=False)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    shared = share("molino", Privacy.PUBLIC, read=False, owner=account())
    for path in ("/subidas/", f"/d/{shared.document.pk}/versions/upload"):
        assert send(client, "GET", path, Upload_Length=9, X_HTTP_Method_Override="POST").status_code == 405
    assert not Upload.objects.exists()


def test_a_manage_link_is_at_an_end_with_its_document_in_an_account_however_it_was_sent() -> None:
    told = create(Client(), body=PDF).headers["Pliego-Manage"]
    client = Client(headers={"accept": "text/html"})
    client.get(urlsplit(told).path)
    document = Document.objects.get()
    assert client.get(document.manage_url).status_code == 200
    library.claim(document, account().pk)
    assert client.get(document.manage_url).status_code == 404


def test_a_file_takes_no_place_in_a_document_that_has_changed_hands(parser: None) -> None:
    shared = share("molino", read=False)
    owner, files = visit("owner", shared), [leaflet("segunda"), leaflet("tercera")]
    path = f"/d/{shared.document.pk}/versions/upload"
    before, after = [
        urlsplit(send(owner, "POST", path, Upload_Length=len(file)).headers["Location"]).path for file in files
    ]
    assert patch(Client(), before, 0, files[0]).status_code == 204
    library.claim(shared.document, account().pk)
    assert patch(Client(), after, 0, files[1]).status_code == 404
    assert Document.objects.get().version == 2


def test_options_tells_what_is_offered(client: Client) -> None:
    answer = client.options("/subidas/")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert "creation-with-upload" in answer.headers["Tus-Extension"]
    assert answer.headers["Tus-Max-Size"] == str(500 << 20)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256,md5"


def test_creation_gives_the_links_at_once(client: Client) -> None:
    metadata = f"filename {b64('Año 日本.pdf')},privacy {b64('unlisted')},empty"
    answer = create(client, Upload_Metadata=metadata)
    upload = Upload.objects.get()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"http://testserver/subidas/{upload.pk}/"
    assert answer.headers["Pliego-Page"] == f"http://testserver/d/{upload.document_id}/"
    token = answer.headers["Pliego-Manage"].removeprefix("http://testserver/m/").rstrip("/")
    assert token_hash(token) == upload.manage_hash
    assert (upload.original_name, upload.privacy) == ("Año 日本.pdf", "unlisted")
    assert "Upload-Expires" in answer.headers


def test_creation_with_the_whole_file(client: Client) -> None:
    answer = create(client, body=PDF)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(PDF)))
    assert Document.objects.get().file.size == len(PDF)


@pytest.mark.parametrize(("said", "origin"), [({"Sec_Fetch_Site": "same-origin"}, "web"), ({}, "program")])
def test_a_browser_needs_no_token_and_is_told_from_a_program(said: dict[str, Any], origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = create(client, Upload_Metadata=f"name {b64('tabla.pdf')}", Content_Type=PIECE, **said)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "0")
    patch(client, urlsplit(answer.headers["Location"]).path, 0, PDF, **said)
    assert [(each.origin, each.original_name) for each in Document.objects.all()] == [(origin, "tabla.pdf")]


def test_pieces(client: Client) -> None:
    path = begun(client)
    assert send(client, "HEAD", path).headers["Upload-Offset"] == "0"
    answer = patch(client, path, 0, PDF[:2000])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "2000")
    head = send(client, "HEAD", path)
    assert (head.status_code, head.headers["Upload-Offset"]) == (200, "2000")
    assert head.headers["Upload-Length"] == str(len(PDF))
    assert head.headers["Cache-Control"] == "no-store"
    assert patch(client, path, 2000, PDF[2000:]).status_code == 204
    assert Document.objects.get().file_id == hashlib.sha256(PDF).hexdigest()
    assert send(client, "HEAD", path).headers["Upload-Offset"] == str(len(PDF))


def test_the_metadata_comes_back(client: Client) -> None:
    metadata = f"filename {b64('informe.pdf')},privacy {b64('private')}"
    head = send(client, "HEAD", begun(client, Upload_Metadata=metadata))
    assert head.headers["Upload-Metadata"] == metadata


def test_the_sharer_owns_the_document_by_its_session(client: Client) -> None:
    path = begun(client, Upload_Metadata=f"privacy {b64('private')}")
    patch(client, path, 0, PDF)
    address = Document.objects.get().get_absolute_url()
    assert Client().get(address).status_code == 404
    assert client.get(address).status_code == 200


def test_the_same_bytes_again_are_told(client: Client) -> None:
    create(client, body=PDF)
    answer = create(Client(), body=PDF)
    first = Document.objects.order_by("created_at")[0]
    assert answer.headers["Pliego-Duplicate"] == f"http://testserver{first.get_absolute_url()}"


def test_a_private_twin_is_not_told(client: Client) -> None:
    create(client, body=PDF, Upload_Metadata=f"privacy {b64('private')}")
    assert "Pliego-Duplicate" not in create(Client(), body=PDF).headers


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Upload_Length": None}, 400, "bad-request"),
        ({"Upload_Length": "-1"}, 400, "bad-request"),
        ({"Upload_Length": "1e3"}, 400, "bad-request"),
        ({"Upload_Length": "９"}, 400, "bad-request"),
        ({"Upload_Length": None, "Upload_Defer_Length": 1}, 400, "bad-request"),
        ({"Upload_Length": 0}, 400, "empty-file"),
        ({"Upload_Length": (500 << 20) + 1}, 413, "too-large"),
        ({"Upload_Metadata": "filename not-base64!"}, 400, "bad-request"),
        ({"Upload_Metadata": f"filename {b64(bytes([0xFF]))}"}, 400, "bad-request"),
        ({"Upload_Metadata": f"privacy {b64('secret')}"}, 400, "bad-request"),
        ({"Tus_Resumable": "0.2.2"}, 412, ""),
        ({"Tus_Resumable": ""}, 412, ""),
        ({"Sec_Fetch_Site": "cross-site"}, 403, "forbidden"),
    ],
)
def test_refused_creations(client: Client, folder: Path, headers: dict[str, Any], status: int, code: str) -> None:
    answer = send(client, "POST", "/subidas/", **({"Upload_Length": 10} | headers))
    assert answer.status_code == status
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.content.decode().startswith(f"error: {code} " if code else "")
    assert not Upload.objects.exists()
    assert not folder.exists()


def test_a_full_disk_refuses_before_the_transfer(client: Client, settings: Settings) -> None:
    settings.MIN_FREE_MB = 1 << 40
    answer = create(client)
    assert answer.status_code == 507
    assert answer.content.startswith(b"error: disk-full ")


@pytest.mark.parametrize(
    ("offset", "body", "headers", "status"),
    [
        (5, PDF, {}, 409),
        ("x", PDF, {}, 400),
        (None, PDF, {}, 400),
        (0, PDF + b"x", {}, 400),
        (0, PDF, {"Content_Type": "application/pdf"}, 415),
        (0, PDF, {"Tus_Resumable": "2.0.0"}, 412),
        (0, PDF, {"Upload_Checksum": f"sha1 {b64(hashlib.sha1(b'other').digest())}"}, 460),
        (0, PDF, {"Upload_Checksum": "crc32 AAAA"}, 400),
        (0, PDF, {"Upload_Checksum": "sha1 !"}, 400),
        (0, PDF, {"Sec_Fetch_Site": "cross-site"}, 403),
    ],
)
def test_refused_pieces_change_nothing(
    client: Client, offset: object, body: bytes, headers: dict[str, Any], status: int
) -> None:
    path = begun(client)
    assert send(client, "PATCH", path, body, Upload_Offset=offset, **headers).status_code == status
    assert send(client, "HEAD", path).headers["Upload-Offset"] == "0"
    assert patch(client, path, 0, PDF).status_code == 204


def test_a_right_checksum(client: Client) -> None:
    answer = patch(client, begun(client), 0, PDF, Upload_Checksum=f"sha256 {b64(hashlib.sha256(PDF).digest())}")
    assert answer.status_code == 204


def test_what_is_no_pdf_is_said(client: Client) -> None:
    path = begun(client)
    answer = patch(client, path, 0, b"<html>" * 300)
    assert answer.status_code == 415
    assert answer.content.startswith(b"error: not-a-pdf ")
    assert send(client, "HEAD", path).status_code == 404


def test_termination(client: Client) -> None:
    path = begun(client)
    assert send(client, "DELETE", path).status_code == 204
    assert send(client, "HEAD", path).status_code == 404
    assert send(client, "DELETE", path).status_code == 404


def test_an_expired_upload_is_gone(client: Client) -> None:
    path = begun(client)
    Upload.objects.update(expires_at="2020-01-01T00:00:00Z")
    assert send(client, "HEAD", path).status_code == 410


def test_unknown_uploads_and_methods(client: Client) -> None:
    assert send(client, "HEAD", f"/subidas/{'x' * 16}/").status_code == 404
    assert send(client, "GET", begun(client)).status_code == 405
    assert send(client, "PUT", "/subidas/").status_code == 405


def test_a_method_may_be_named_in_a_header(client: Client) -> None:
    path = begun(client)
    answer = send(client, "POST", path, PDF, Upload_Offset=0, X_HTTP_Method_Override="PATCH")
    assert answer.status_code == 204
    assert Document.objects.count() == 1


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60))
def test_any_metadata_is_an_upload_or_a_sentence(client: Client, metadata: str) -> None:
    assert create(client, Upload_Metadata=metadata).status_code in {201, 400}
