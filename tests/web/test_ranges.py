from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils.http import http_date
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from pliego.web.ranges import Blocks, Served, UnsatisfiableError, file_response, parse_range

DATA = bytes(range(256)) * 4
ETAG = '"abc"'
DATE = datetime(2026, 5, 4, 3, 2, 1, 500_000, tzinfo=UTC)
DATE_TEXT = http_date(DATE.timestamp())


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-99", (0, 100)),
        ("bytes=10-", (10, 90)),
        ("bytes=99-", (99, 1)),
        ("bytes=90-1000", (90, 10)),
        ("bytes=-1", (99, 1)),
        ("bytes=-100", (0, 100)),
        ("bytes=-5000", (0, 100)),
        ("Bytes= 1-2 ", (1, 2)),
        ("bytes=0-1,5-6", None),
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes", None),
        ("pages=1-2", None),
        ("bytes=a-b", None),
        ("bytes=--1", None),
        ("bytes=1-2-3", None),
        ("bytes=0x1-2", None),
        ("bytes=٣-٤", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_parsing(header: str, part: tuple[int, int] | None) -> None:
    assert parse_range(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999-"])
def test_outside_the_file(header: str) -> None:
    with pytest.raises(UnsatisfiableError):
        parse_range(header, 100)


@given(st.text(max_size=40), st.integers(0, 1000))
def test_any_header_is_harmless(text: str, size: int) -> None:
    try:
        part = parse_range("bytes=" + text, size)
    except UnsatisfiableError:
        return
    if part is not None:
        first, length = part
        assert 0 <= first < size
        assert 0 < length <= size - first


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(1, 1000))
def test_a_range_is_what_slicing_gives(first: int, last: int, size: int) -> None:
    whole = bytes(size)
    if first > last:
        assert parse_range(f"bytes={first}-{last}", size) is None
    elif first >= size:
        with pytest.raises(UnsatisfiableError):
            parse_range(f"bytes={first}-{last}", size)
    else:
        assert parse_range(f"bytes={first}-{last}", size) == (first, len(whole[first : last + 1]))


@pytest.fixture
def served(tmp_path: Path) -> Served:
    path = tmp_path / "blob"
    path.write_bytes(DATA)
    return Served(path, len(DATA), ETAG, DATE, 'attachment; filename="x.pdf"', "ab/cd/blob")


def ask(served: Served, method: str = "GET", **headers: str) -> HttpResponseBase:
    extra: dict[str, Any] = {name.replace("_", "-"): value for name, value in headers.items()}
    request = RequestFactory().generic(method, "/x.pdf", headers=extra)
    return file_response(request, served)


def body(response: HttpResponseBase) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response)
    return getattr(response, "content", b"")


def test_the_whole_file(served: Served) -> None:
    response = ask(served)
    assert response.status_code == 200
    assert response.headers["Content-Length"] == "1024"
    assert body(response) == DATA


def test_a_part(served: Served) -> None:
    response = ask(served, Range="bytes=10-19")
    assert response.status_code == 206
    assert response.headers["Content-Range"] == "bytes 10-19/1024"
    assert response.headers["Content-Length"] == "10"
    assert body(response) == DATA[10:20]


def test_several_parts_give_the_whole(served: Served) -> None:
    response = ask(served, Range="bytes=0-1,4-5")
    assert (response.status_code, body(response)) == (200, DATA)


def test_beyond_the_end(served: Served) -> None:
    response = ask(served, Range="bytes=1024-")
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */1024"
    assert body(response) == b""


def test_head_says_the_same_without_the_bytes(served: Served) -> None:
    response = ask(served, "HEAD", Range="bytes=0-1")
    assert (response.status_code, body(response)) == (200, b"")
    whole = ask(served)
    assert response.headers == whole.headers
    assert body(whole) == DATA


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": ETAG}, 304),
        ({"If-None-Match": f'"other", W/{ETAG}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-Modified-Since": DATE_TEXT}, 304),
        ({"If-Modified-Since": http_date(DATE.timestamp() - 60)}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": DATE_TEXT}, 200),
        ({"If-None-Match": ETAG, "Range": "bytes=0-1"}, 304),
        ({"If-Match": ETAG}, 200),
        ({"If-Match": '"other"'}, 412),
        ({"If-Unmodified-Since": http_date(DATE.timestamp() - 60)}, 412),
        ({"Range": "bytes=0-1", "If-Range": ETAG}, 206),
        ({"Range": "bytes=0-1", "If-Range": f"W/{ETAG}"}, 200),
        ({"Range": "bytes=0-1", "If-Range": '"other"'}, 200),
        ({"Range": "bytes=0-1", "If-Range": DATE_TEXT}, 206),
        ({"Range": "bytes=0-1", "If-Range": http_date(DATE.timestamp() + 60)}, 200),
        ({"Range": "bytes=9999-", "If-Range": '"other"'}, 200),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_conditions(served: Served, headers: dict[str, str], status: int) -> None:
    response = ask(served, **headers)
    assert response.status_code == status
    body(response)


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-1"}, {"Range": "bytes=9999-"}, {"If-None-Match": ETAG}])
def test_every_answer_keeps_browsers_from_running_it(served: Served, headers: dict[str, str]) -> None:
    response = ask(served, **headers)
    body(response)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Content-Disposition"].endswith('.pdf"')
    assert response.headers["ETag"] == ETAG


def test_a_front_server_may_send_the_bytes(served: Served, settings: Settings) -> None:
    settings.X_ACCEL_PREFIX = "/inside"
    response = ask(served, Range="bytes=0-1")
    assert response.status_code == 200
    assert response.headers["X-Accel-Redirect"] == "/inside/ab/cd/blob"
    assert body(response) == b""


def test_the_file_is_closed_at_the_end_and_when_the_reader_leaves(served: Served) -> None:
    blocks = Blocks(served.path, 0, 10)
    assert list(blocks) == [DATA[:10]]
    blocks = Blocks(served.path, 0, 1024)
    blocks.close()
    assert list(blocks) == []
