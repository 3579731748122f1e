from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db.models import F
from django.http import HttpResponse
from django.test import Client, RequestFactory

from pliego.documents.models import Document, Privacy
from pliego.web import freshness
from tests.people import share

pytestmark = pytest.mark.django_db

ask = RequestFactory()


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def document(privacy: str = Privacy.PUBLIC) -> Document:
    return share("fresco", privacy, read=False).document


def made(shown: Document, part: str = "show", **headers: str) -> tuple[int, bool]:
    """The status, and whether the page had to be made."""
    calls = []

    def make() -> HttpResponse:
        calls.append(1)
        return HttpResponse("página")

    answer = freshness.shared(ask.get("/", headers={"host": "localhost"} | headers), shown, part, make)
    return answer.status_code, bool(calls)


def test_a_page_is_made_once() -> None:
    shown = document()
    assert made(shown) == (200, True)
    assert made(shown) == (200, False)


def test_a_page_that_is_very_long_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.web.freshness._KEPT_MOST", 10)
    shown = document()
    assert made(shown) == (200, True)
    assert made(shown) == (200, True)


def test_what_changes_the_page_makes_it_anew() -> None:
    shown = document()
    made(shown)
    assert made(shown, "page-1") == (200, True)
    shown.revision += 1
    assert made(shown) == (200, True)
    shown.view_count += 1
    assert made(shown) == (200, True)


def test_whoever_has_it_is_told_so_until_it_changes() -> None:
    shown = document()
    etag = Client(headers={"host": "localhost"}).get(shown.get_absolute_url()).headers["ETag"]
    again = {"if-none-match": etag, "host": "localhost"}
    assert Client().get(shown.get_absolute_url(), headers=again).status_code == 304
    Document.objects.update(revision=F("revision") + 1)
    assert Client().get(shown.get_absolute_url(), headers=again).status_code == 200


@pytest.mark.parametrize(
    ("privacy", "header"),
    [
        (Privacy.PUBLIC, "public, no-cache"),
        (Privacy.UNLISTED, "private, no-cache"),
        (Privacy.PRIVATE, "private, no-store"),
    ],
)
def test_who_may_keep_it(privacy: str, header: str) -> None:
    assert freshness.cache_control(document(privacy)) == header


def test_a_kept_page_is_not_given_out_after_it_became_private() -> None:
    shown = document()
    etag = Client().get(shown.get_absolute_url()).headers["ETag"]
    Document.objects.update(privacy=Privacy.PRIVATE)
    assert Client().get(shown.get_absolute_url(), headers={"if-none-match": etag}).status_code == 404


def test_the_owner_s_page_is_never_shared() -> None:
    shared = share("dueña", read=False)
    client = Client(headers={"accept": "text/html"})
    client.get(f"/m/{shared.token}/")
    mine = client.get(shared.document.get_absolute_url())
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert shared.token in mine.content.decode()
    assert shared.token not in Client().get(shared.document.get_absolute_url()).content.decode()


def test_each_host_has_its_own_page() -> None:
    shown = document()
    Client(headers={"host": "localhost"}).get(shown.get_absolute_url())
    assert b"localhost" not in Client(headers={"host": "127.0.0.1"}).get(shown.get_absolute_url()).content
