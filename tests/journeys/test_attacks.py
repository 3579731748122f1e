"""What somebody with a bare connection may try on a real site. Nothing of it is answered with a 500."""

import re
import socket
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests import samples
from tests.journeys.site import EDGE, Site, form

READER = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def shared(site: Site) -> dict[str, str]:
    """The paths of a document's page, file and manage link."""
    answer = site.share(samples.book(5), "libro.pdf")
    site.read_all()
    page = site.ask("GET", urlsplit(answer["page"]).path).headers["Location"]
    return {"page": page, "file": f"{page}{page.split('/')[-2]}.pdf", "manage": urlsplit(answer["manage"]).path}


def raw(site: Site, request: bytes) -> int:
    """The status of an answer to bytes as they are; 0 when the server just hangs up."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            line = connection.makefile("rb").readline()
        except TimeoutError:
            raise
        except OSError:
            return 0
    return int(line.split()[1]) if line else 0


@pytest.mark.parametrize(
    "target",
    [
        b"/%ff%fe",
        b"/\xff\xfe",
        b"/%00",
        b"/d/%00/",
        b"/m/%00/",
        b"/m/%ff/",
        b"/m/a%0d%0ab/",
        b"/m/" + b"x" * 5000 + b"/",
        b"/static/%00",
        b"/static/../pliego.sqlite3",
        b"/static/..%2f..%2fpliego.sqlite3",
        b"/static/%2e%2e/secret-key",
        b"/../../etc/passwd",
        b"//evil.example/",
        b"http://evil.example/",
        b"*",
        b"/?" + b"a=1&" * 1000,
        b"/en/?x=%ff%00",
        b"/en/documents/?after=0001-01-01T00:00:00%2B14:00~x",
        b"/en/documents/?after=%00",
        b"/language/es/?next=//evil.example",
        b"/language/es/?next=/%0d%0aSet-Cookie:%20a=b",
        b"/language/%00/",
        b"/d/1111111111111111/p/1.webp?w=%00",
    ],
)
@pytest.mark.parametrize("accept", [b"text/html", b"*/*"])
def test_odd_addresses(site: Site, target: bytes, accept: bytes) -> None:
    assert raw(site, b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: " + accept + b"\r\n\r\n") < 500


@pytest.mark.parametrize(
    "header",
    [
        b"Host: evil.example",
        b"Host:",
        b"Host: 127.0.0.1:99999",
        b"Host: 127.0.0.1\r\nHost: evil.example",
        b"Host: a b",
        b"Host: \xff",
        b"X-Ignored: no host",
        *(
            b"Host: 127.0.0.1\r\n" + line
            for line in (
                b"X-Forwarded-Host: evil.example",
                b"X-Forwarded-For: " + b"1.1.1.1," * 2000,
                b"X-Forwarded-Proto: javascript",
                b"Cookie: pliego_manage=a/b; pliego_csrf=\xff; pliego_language=\x01xx",
                b"Cookie: " + b"a=b; " * 3000,
                b"Accept-Language: " + b"en;q=0.1," * 2000,
                b"If-None-Match: \xff",
                b"If-Modified-Since: yesterday",
                b"Range: bytes=" + b"9" * 500 + b"-",
                b"Accept-Encoding: gzip;q=nan",
                b"Referer: \xff",
                b"User-Agent: \xff",
                b"Content-Length: -1",
                b"Content-Length: 1e9",
                b"Content-Length: 5\r\nTransfer-Encoding: chunked",
                b"Transfer-Encoding: gzip",
                b"X-Long: " + b"x" * 1_000_000,
                b"\r\n".join(b"X-%d: 1" % n for n in range(5000)),
            )
        ),
    ],
)
def test_odd_headers(site: Site, shared: dict[str, str], header: bytes) -> None:
    for path in ("/en/", shared["page"], shared["file"]):
        assert raw(site, f"GET {path} HTTP/1.1\r\n".encode() + header + b"\r\n\r\n") < 500


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "FOO", "POST"])
def test_methods_that_do_not_fit(site: Site, shared: dict[str, str], method: str) -> None:
    for path in (*shared.values(), "/en/documents/", "/healthz", "/language/en/"):
        status = raw(site, f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n".encode())
        assert status in {0, 400, 403, 405}, path


def test_head_is_get_without_the_body(site: Site, shared: dict[str, str]) -> None:
    for path in ("/en/", "/en/documents/", "/healthz", *shared.values(), "/d/none/"):
        head, get = (site.ask(method, path, **READER) for method in ("HEAD", "GET"))
        assert head.status == get.status
        assert head.body == b""  # type: ignore[attr-defined]  # put there by Site.ask
        assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_a_manage_secret_is_in_no_log_and_no_referer(site: Site, shared: dict[str, str]) -> None:
    secret = shared["manage"].split("/")[2]
    asked = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(base_url=f"http://127.0.0.1:{site.port}")
        page.on("request", lambda request: asked.append((request.url, request.all_headers().get("referer", ""))))
        page.goto(shared["manage"])
        page.click(".wordmark")
        browser.close()
    assert [url for url, _ in asked if secret in url] == [f"http://127.0.0.1:{site.port}{shared['manage']}"]
    assert not [referer for _, referer in asked if secret in referer]
    assert {urlsplit(url).hostname for url, _ in asked} == {"127.0.0.1"}
    site.ask("POST", shared["manage"], b"x=1", Content_Type="application/x-www-form-urlencoded")
    assert "/m/***/" in site.log()
    assert secret not in site.log()


def test_an_upload_s_address_is_in_no_log(site: Site) -> None:
    begun = site.ask("POST", "/subidas/", Upload_Length=1000)
    path = urlsplit(begun.headers["Location"]).path
    assert site.ask("HEAD", path).status == 200
    assert path.split("/")[2] not in site.log()


def test_hundreds_of_half_sent_uploads_keep_nobody_from_reading(site: Site, shared: dict[str, str]) -> None:
    body = form(samples.leaflet().ljust(200_000))
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary={EDGE}\r\n"
    before = p95(site, shared["page"])
    with ExitStack() as stack:
        half = []
        for _ in range(200):
            half.append(stack.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=30)))
            half[-1].sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:100_000])
        during = p95(site, shared["page"])
        half[0].sendall(body[100_000:])
        assert half[0].recv(100).startswith(b"HTTP/1.1 201 ")
    assert during < 2 * before + 1  # without places of their own readers would wait for as long as the senders do


def p95(site: Site, path: str) -> float:
    """Seconds within which 95 of 100 pages are answered."""
    times = []
    for _ in range(40):
        started = time.perf_counter()
        assert site.ask("GET", path, **READER).status == 200
        times.append(time.perf_counter() - started)
    return sorted(times)[37]


def test_after_all_this_the_site_has_made_no_mistake(site: Site) -> None:
    assert site.answers()
    assert "Traceback" not in site.log()
    assert re.findall(r".* 500 [0-9]+ ms", site.log()) == []
