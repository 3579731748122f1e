import pytest
from django.test import Client

from pliego.documents.models import Document, Privacy
from tests import samples
from tests.people import Shared, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


@pytest.fixture
def shared() -> Shared:
    return share("dibujo")


def path(shared: Shared, query: str = "w=200") -> str:
    return f"/d/{shared.document.pk}/p/1.webp?{query}"


def test_a_picture_is_webp_and_no_search_engine_s_of_an_unlisted_document() -> None:
    for privacy, robots in ((Privacy.PUBLIC, None), (Privacy.UNLISTED, "noindex, nofollow")):
        answer = Client().get(path(share("dibujo", privacy)))
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.content[8:12] == b"WEBP"
        assert answer.headers.get("X-Robots-Tag") == robots


def test_a_known_picture_is_not_sent_again(shared: Shared) -> None:
    etag = Client().get(path(shared)).headers["ETag"]
    assert Client().get(path(shared), headers={"if-none-match": etag}).status_code == 304


def test_whoever_keeps_a_picture_asks_again_each_time(shared: Shared) -> None:
    address = shared.document.picture_url(1, 200)
    assert address.startswith(f"/d/{shared.document.pk}/v/1/")
    kept = Client().get(address)
    assert kept.headers["Cache-Control"] == "public, no-cache"
    Document.objects.update(privacy=Privacy.PRIVATE)
    assert Client().get(address, headers={"if-none-match": kept.headers["ETag"]}).status_code == 404


def test_a_private_picture_is_kept_by_nobody() -> None:
    shared = share("secreto", Privacy.PRIVATE)
    assert Client().get(path(shared)).status_code == 404
    assert visit("owner", shared).get(path(shared)).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("query", ["w=abc", "w=-1", "w=", "w=201", "w=99999999999", "w=８００", "w=%00", "w=²", "w=0"])
def test_a_width_that_is_not_offered(shared: Shared, query: str) -> None:
    assert Client().get(path(shared, query)).status_code == 400


def test_a_page_that_cannot_be_drawn_is_told() -> None:
    shared = share("rota", pdf=samples.content_bomb(), read=False)
    assert Client().get(path(shared)).status_code == 422


def test_a_page_shows_a_sentence_for_a_picture_that_cannot_be_drawn() -> None:
    shared = share("rota", pdf=samples.content_bomb(), read=False)
    answer = Client().get(path(shared), headers={"sec-fetch-dest": "image", "accept-language": "en"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "image/svg+xml")
    assert ">This page cannot be shown.</text>" in answer.content.decode()
