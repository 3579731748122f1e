import errno
import logging
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from pliego.accounts import people
from pliego.documents import readiness
from pliego.documents.engines import blobs
from pliego.storage.space import free_bytes
from pliego.web.logs import Brief, masked
from pliego.web.middleware import places, sessions
from tests import samples
from tests.people import account, share

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/m/s3cret/", "/m/***/"),
        ("/m/s3cret", "/m/***"),
        ("/subidas/abc/", "/subidas/***/"),
        ("/api/v1/jobs/abc", "/api/v1/jobs/***"),
        ("/en/account/email/MQ:1vNf8x:a_key-of-its-own/", "/en/account/email/***/"),
        ("/d/abc/p/1", "/d/abc/p/1"),
        ("/d/abc/un-título-largo-y-deadbeef/", "/d/abc/un-t%C3%ADtulo-largo-y-deadbeef/"),
        ("/x\n2026-01-01 INFO forged", "/x%0A2026-01-01%20INFO%20forged"),
        ("/" + "x" * 5000, "/" + "x" * 199),
    ],
)
def test_paths_in_the_log(path: str, said: str) -> None:
    assert masked(path) == said


def test_the_log_holds_no_secret_no_address_and_no_query(caplog: pytest.LogCaptureFixture) -> None:
    token = share("registro", read=False).token
    caplog.set_level(logging.DEBUG)
    Client().get(f"/m/{token}/?q=pregunta", REMOTE_ADDR="203.0.113.7")
    line = next(record.getMessage() for record in caplog.records if record.name == "pliego.web")
    assert line.startswith("GET /m/***/ 302")
    assert token not in caplog.text
    assert "203.0.113.7" not in caplog.text
    assert "pregunta" not in caplog.text


def test_the_log_does_not_tell_how_to_choose_a_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    path = people.password_path(account())
    assert Client().get(path).status_code == 302
    assert "GET /cuenta/contrasena/***/ 302" in caplog.text
    assert path.split("/")[-2] not in caplog.text


def test_a_refused_form_tells_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    token = share("formulario", read=False).token
    Client(enforce_csrf_checks=True).post(f"/m/{token}/")
    assert token not in capsys.readouterr().err


def test_an_answer_without_content_names_no_type_of_it() -> None:
    answer = Client().options("/subidas/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/en/", "/healthz", "/d/none/", "/m/none/", "/static/none.js", "/subidas/"])
def test_every_answer_has_the_security_headers(path: str) -> None:
    headers = Client().get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [("/", "de", "es"), ("/en/", "de", "en"), ("/d/none/", "de", "de"), ("/d/none/", "zz", "es"), ("/xx/", "de", "es")],
)
def test_the_language_of_an_answer(path: str, accepted: str, language: str) -> None:
    answer = Client().get(path, headers={"accept-language": accepted})
    assert answer.headers["Content-Language"] == language


def test_language_neutral_pages_may_not_be_kept_for_other_languages() -> None:
    assert "Accept-Language" in Client().get("/d/none/").headers["Vary"]


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_a_forged_host_is_refused(accept: str) -> None:
    answer = Client().get("/", headers={"host": "evil.example", "accept": accept})
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_a_forwarded_host_is_not_believed() -> None:
    page = Client().get("/en/", headers={"x-forwarded-host": "evil.example", "accept": "text/html"})
    assert b"evil" not in page.content


def test_programs_get_a_line_and_people_a_page() -> None:
    line = Client().get("/d/1111111111111111/", headers={"accept": "*/*"})
    assert line.content.startswith(b"error: not-found ")
    page = Client().get("/d/1111111111111111/", headers={"accept": "text/html"})
    assert page.content.startswith(b"<!doctype html>")
    assert line.status_code == page.status_code == 404
    assert page.headers["Cache-Control"] == "no-store"


def test_a_body_of_unknown_length_is_refused_and_not_taken_for_none() -> None:
    answer = Client().post("/", headers={"transfer-encoding": "chunked", "accept": "*/*"})
    assert answer.status_code == 411
    assert answer.content.startswith(b"error: length-unknown ")


def test_bodies_leave_a_quarter_of_the_threads_to_readers(settings: Settings) -> None:
    settings.WEB_THREADS = 4
    slow = threading.Event()
    inside = threading.Semaphore(0)

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            inside.release()
            slow.wait(10)
        return HttpResponse()

    handle = places(answer)
    post, get = RequestFactory().post("/", {"a": 1}), RequestFactory().get("/")
    with ThreadPoolExecutor() as pool:
        waiting = [pool.submit(handle, post) for _ in range(3)]
        assert all(inside.acquire(timeout=10) for _ in waiting)
        refused = handle(post)
        assert handle(get).status_code == 200
        slow.set()
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert [each.result().status_code for each in waiting] == [200] * 3
    assert handle(post).status_code == 200


@pytest.fixture
def read_only() -> Iterator[None]:
    """A database that takes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=1")
        yield
        cursor.execute("PRAGMA query_only=0")


@pytest.mark.usefixtures("read_only")
@pytest.mark.parametrize("path", ["/", "/api/v1/documents"])
def test_storage_that_takes_nothing_is_told_in_a_sentence(path: str, caplog: pytest.LogCaptureFixture) -> None:
    answer = Client().post(path, {"file": SimpleUploadedFile("x.pdf", samples.leaflet("x"))})
    assert answer.status_code == 503
    assert b"storage-fails" in answer.content
    assert f"POST {path}: storage-fails (attempt to write a readonly database)" in caplog.text
    assert list(blobs().incoming.iterdir()) == []


@pytest.mark.usefixtures("read_only")
def test_a_session_that_cannot_be_kept_is_told_in_a_sentence() -> None:
    request, middleware = RequestFactory().get("/", headers={"accept": "*/*"}), sessions(lambda _: HttpResponse())
    middleware.process_request(request)
    request.session["kept"] = True
    answer = middleware.process_response(request, HttpResponse())
    assert answer.status_code == 503
    assert answer.content.startswith(b"error: storage-fails ")


def test_a_full_disk_gets_the_reserve_before_anything_is_written(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "RESERVE_MB", 1)
    assert readiness.keep_reserve()
    Client().get("/en/")
    assert readiness.reserve().held()
    monkeypatch.setattr(readiness, "FULL_MB", (free_bytes(settings.DATA) >> 20) + 1000)
    Client().get("/en/")
    assert not readiness.reserve().held()


def test_what_the_disk_refuses_takes_one_line_of_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    output = logging.StreamHandler(sys.stderr)
    output.addFilter(Brief())
    record = logging.LogRecord("x", logging.ERROR, "", 0, "%s failed", ("this",), None)
    for error in (OSError(errno.ENOSPC, "No space left"), ValueError("ours")):
        try:
            raise error
        except type(error):
            record.exc_info = sys.exc_info()
        output.handle(record)
    brief, long = capsys.readouterr().err.split("\n", 1)
    assert brief == "this failed ([Errno 28] No space left)"
    assert long.splitlines()[-1] == "ValueError: ours"
