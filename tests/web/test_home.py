import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT
from pytest_django import Settings

from pliego.documents.engines import blobs
from pliego.documents.models import Document, Privacy
from pliego.web.viewers import COOKIE
from tests import samples
from tests.people import account, share

pytestmark = pytest.mark.django_db

BROWSER = {"accept": "text/html"}
PDF = samples.leaflet("inicio")


def upload(name: str = "feria.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def form(name: bytes, data: bytes = PDF, end: bytes = b"\r\n--X--\r\n") -> dict[str, object]:
    """A form as a program may write it, byte for byte."""
    head = b'--X\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\n' % name
    return {"data": head + data + end, "content_type": "multipart/form-data; boundary=X"}


def test_a_browser_is_led_to_the_page_and_keeps_the_secret() -> None:
    client = Client(headers=BROWSER)
    answer = client.post("/", {"file": upload()})
    document = Document.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == document.get_absolute_url()
    cookie = client.cookies[COOKIE]
    assert cookie["path"] == f"/d/{document.pk}/"
    assert cookie["httponly"]
    assert cookie["samesite"]


def test_what_an_account_shares_belongs_to_it_and_has_no_manage_link() -> None:
    client = Client(headers=BROWSER)
    client.force_login(account())
    client.post("/", {"file": upload()})
    assert COOKIE not in client.cookies
    assert b"manage:" not in client.post("/", {"file": upload()}, headers={"accept": "*/*"}).content
    assert set(Document.objects.values_list("owner", "manage_hash")) == {(account().pk, "")}


def test_a_program_gets_three_lines() -> None:
    lines = Client().post("/", {"file": upload()}).content.decode().splitlines()
    assert [line.split(": ")[0] for line in lines] == ["page", "file", "manage"]
    assert Client().head(lines[1].split(": ")[1]).status_code == 200


def test_each_of_several_files_gets_its_block_and_one_bad_file_spoils_none() -> None:
    answer = Client().post("/", {"file": [upload(), upload("x.png", b"\x89PNG"), upload("dos.pdf")]})
    blocks = answer.content.decode().split("\n\n")
    assert [block.split(":")[0] for block in blocks] == ["page", "error", "page"]
    assert answer.status_code == 415
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(9000), 415, "not-a-pdf"),
        (b"<!doctype html><p>hola", 415, "not-a-pdf"),
        (b"%PD", 415, "not-a-pdf"),
        (b"", 400, "empty-file"),
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_what_is_no_pdf_is_refused_in_one_sentence(data: bytes, status: int, code: str, accept: str) -> None:
    answer = Client(headers={"accept": accept}).post("/", **form(b"x.pdf", data))  # type: ignore[arg-type]
    assert answer.status_code == status
    assert code in answer.content.decode()
    assert not Document.objects.exists()


def test_over_the_limit_is_refused_before_the_transfer(settings: Settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    answer = Client().post("/", {"file": upload(data=PDF.ljust(2 << 20))})
    assert answer.status_code == 413
    assert b"error: too-large" in answer.content


def test_a_full_disk_is_told_and_reading_goes_on(settings: Settings) -> None:
    document = share("lleno", read=False).document
    settings.MIN_FREE_MB = 1 << 40
    answer = Client(headers=BROWSER).post("/", {"file": upload()})
    assert answer.status_code == 507
    assert answer.headers["Retry-After"]
    assert Client(headers=BROWSER).get(document.get_absolute_url()).status_code == 200
    assert Client().head(document.file_url).status_code == 200


def test_a_form_without_a_file() -> None:
    assert b"error: no-file" in Client().post("/", {"privacy": "public"}).content


def test_a_cut_connection_leaves_nothing() -> None:
    before = set(blobs().incoming.iterdir())
    answer = Client().post("/", **form(b"x.pdf", end=b""))  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert not Document.objects.exists()
    assert set(blobs().incoming.iterdir()) == before


@pytest.mark.parametrize(
    "name",
    [
        b"../../etc/passwd.pdf",
        b"%0d%0aX-Injected: 1.pdf",
        b"a\tb.pdf",
        "\u202egnp.pdf".encode(),
        "אבג.pdf".encode(),
        b"<script>alert(1)</script>.pdf",
        b"&lt;script&gt;.pdf",
        b"x" * 300 + b".pdf",
        b"' OR 1=1 --.pdf",
        b"con.pdf",
    ],
)
def test_hostile_names_are_shared_and_harmless(name: bytes) -> None:
    client = Client(headers=BROWSER)
    answer = client.post("/", **form(name))  # type: ignore[arg-type]
    assert answer.status_code == 303
    document = Document.objects.get()
    assert document.original_name.isprintable()
    page = client.get(document.get_absolute_url())
    assert b"<script>alert(1)" not in page.content
    header = client.head(document.file_url + "?download").headers["Content-Disposition"]
    assert header.isascii()
    assert header.isprintable()


@pytest.mark.parametrize("name", [b"../", b".", b"\n", b"", b"\xff\xfe.pdf"])
def test_a_name_of_nothing_is_answered_with_a_sentence(name: bytes) -> None:
    assert Client(headers=BROWSER).post("/", **form(name)).status_code in {303, 400}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"xxx", "multipart/form-data"),
        (b"xxx", "multipart/form-data; boundary=\xff"),
        (b"xxx", MULTIPART_CONTENT),
        (f"--{BOUNDARY}\r\nContent-Disposition: form-data; name".encode(), MULTIPART_CONTENT),
        (b"{}", "application/json"),
        (b"", "text/plain; charset=nonsense"),
        (b"file=x", "application/x-www-form-urlencoded; charset=utf-7"),
    ],
)
def test_a_malformed_form_is_refused(data: bytes, kind: str) -> None:
    assert Client().generic("POST", "/", data, kind).status_code == 400


def test_too_many_files_are_refused_and_none_is_kept() -> None:
    before = set(blobs().incoming.iterdir())
    answer = Client().post("/", {"file": [upload(f"{number}.pdf") for number in range(101)]})
    assert answer.status_code == 400
    assert not Document.objects.exists()
    assert set(blobs().incoming.iterdir()) == before


def test_another_site_s_page_cannot_share_here() -> None:
    answer = Client(headers={"sec-fetch-site": "cross-site"}).post("/", {"file": upload()})
    assert answer.status_code == 403
    assert not Document.objects.exists()


def test_the_privacy_that_was_chosen() -> None:
    Client().post("/", {"file": upload(), "privacy": "private"})
    assert Document.objects.get().privacy == Privacy.PRIVATE
    assert Client().post("/", {"file": upload(), "privacy": "secret"}).status_code == 400


def test_only_the_network_half_of_the_address_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    Client().post("/", {"file": upload()}, REMOTE_ADDR="173.178.12.34", headers={"x-forwarded-for": "6.6.6.6"})
    assert Document.objects.get().network == "173.178"
    assert "12.34" not in caplog.text


def test_samples_are_the_operator_s_wish(settings: Settings) -> None:
    page = Client(headers=BROWSER).get("/").content
    assert b'action="/samples"' in page
    settings.LOCAL_ONLY = False
    assert b'action="/samples"' not in Client(headers=BROWSER).get("/").content
    assert Client().post("/samples").status_code == 403
