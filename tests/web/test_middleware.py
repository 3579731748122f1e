import logging

import pytest
from django.test import Client

from pliego.web.logs import masked
from tests.people import share

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/m/s3cret/", "/m/***/"),
        ("/m/s3cret", "/m/***"),
        ("/subidas/abc/", "/subidas/***/"),
        ("/d/abc/p/1", "/d/abc/p/1"),
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


def test_a_refused_form_tells_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    token = share("formulario", read=False).token
    Client(enforce_csrf_checks=True).post(f"/m/{token}/")
    assert token not in capsys.readouterr().err


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
