from base64 import b64encode
from hashlib import sha256

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pliego.documents import safekeeping, views_count
from pliego.documents.engines import blobs
from pliego.documents.models import Counted, Document, Privacy
from pliego.documents.upkeep import drop_unused
from pliego.errors import NotFound
from tests import samples
from tests.people import Shared, leaflet, share, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared() -> Shared:
    return share("fichero", read=False)


def body(path: str, **headers: str) -> bytes:
    answer = Client().get(path, headers=headers)
    content: bytes = answer.getvalue()
    answer.close()
    return content


def test_the_exact_bytes(shared: Shared) -> None:
    assert body(shared.document.file_url) == leaflet("fichero")


@pytest.mark.parametrize("part", ["", "bytes=0-4"])
def test_anybody_can_check_them(shared: Shared, part: str) -> None:
    digest = b64encode(sha256(leaflet("fichero")).digest()).decode()
    answer = Client().get(shared.document.file_url, headers={"range": part})
    answer.close()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{digest}:"


def test_a_part_of_them(shared: Shared) -> None:
    assert body(shared.document.file_url, range="bytes=0-4") == b"%PDF-"


def test_some_pages_are_a_file_of_their_own_to_be_shown(parser: None) -> None:
    book = share("pliegos", pdf=samples.book(3)).document
    answer = Client().get(f"/d/{book.pk}/pages.pdf?from=2&to=3")
    assert answer.getvalue()[:5] == b"%PDF-"
    answer.close()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline; filename")
    assert "2-3" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_no_page_of_a_locked_file_is_given_out(parser: None) -> None:
    locked = share("candado", pdf=samples.encrypted("secreto")).document
    assert Client().get(f"/d/{locked.pk}/pages.pdf?from=1&to=1").status_code == 404


def test_whatever_the_bytes_are_they_are_a_pdf_and_no_page_of_ours() -> None:
    headers = Client().head(share("html", pdf=samples.polyglot(), read=False).document.file_url).headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


SAFARI = "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15"
ON_IPHONE = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0 Mobile/15E148 Safari/604.1"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(("method", "part", "counted"), [
    ("GET", "", 1), ("GET", "bytes=0-4", 1), ("GET", "bytes=5-9", 0), ("GET", "bytes=9999999-", 0), ("HEAD", "", 0),
])  # fmt: skip
def test_a_download_is_counted_where_it_begins(shared: Shared, method: str, part: str, counted: int) -> None:
    client = Client(headers={"user-agent": FIREFOX})
    answer = client.generic(method, shared.document.file_url, headers={"range": part})
    views_count.fold()
    assert [each.number for each in shared.document.tallies.filter(kind=Counted.DOWNLOAD)] == [1] * counted
    answer.close()


@pytest.mark.parametrize(
    ("agent", "sandboxed"),
    [
        (SAFARI, False),
        (ON_IPHONE, False),
        (CHROME, True),
        (CHROME.replace(" Chr", " HeadlessChr"), True),
        (FIREFOX, True),
        ("", True),
    ],
)
def test_a_sandbox_wherever_the_browser_shows_a_pdf_in_one(shared: Shared, agent: str, sandboxed: bool) -> None:
    headers = Client().head(shared.document.file_url, headers={"user-agent": agent}).headers
    assert headers["Content-Security-Policy"].startswith("sandbox") == sandboxed
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "User-Agent" in headers["Vary"]


def test_it_is_shown_and_saved_on_request(shared: Shared) -> None:
    url = shared.document.file_url
    assert Client().head(url).headers["Content-Disposition"] == 'inline; filename="fichero.pdf"'
    assert Client().head(f"{url}?download").headers["Content-Disposition"] == 'attachment; filename="fichero.pdf"'


def test_a_wrong_name_leads_to_the_right_one(shared: Shared) -> None:
    answer = Client().get(f"/d/{shared.document.pk}/otro/otro.pdf")
    assert answer.headers["Location"] == shared.document.file_url


def test_the_next_reader_of_a_private_file_gets_nothing_from_a_cache() -> None:
    shared = share("privado", Privacy.PRIVATE, read=False)
    answer = visit("owner", shared).head(shared.document.file_url)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert Client().head(shared.document.file_url).status_code == 404


def test_a_file_that_is_gone_or_shorter_than_it_was_is_not_given_out(shared: Shared) -> None:
    path = blobs().path(shared.document.file_id)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])
    for _ in range(2):
        answer = Client().get(shared.document.file_url)
        assert (answer.status_code, answer.content[:20]) == (500, b"error: file-damaged ")
        assert Client().get(shared.document.file_url, headers={"range": "bytes=0-9"}).status_code == 500
        path.unlink(missing_ok=True)


def test_what_was_deleted_at_this_moment_is_not_found(shared: Shared) -> None:
    file = shared.document.file
    shared.document.delete()
    drop_unused(file.sha256)
    with pytest.raises(NotFound):
        safekeeping.original(file)


@pytest.mark.parametrize("name", ["a\nb.pdf", 'a"b.pdf', "é\u202e.pdf", "😀" * 200, "%0d%0a.pdf", "\\.pdf"])
def test_names_cannot_break_the_header(shared: Shared, name: str) -> None:
    Document.objects.update(original_name=name, own_title="fichero")
    header = Client().head(shared.document.file_url).headers["Content-Disposition"]
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_giving_out_a_file_costs_one_query(shared: Shared, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        body(shared.document.file_url)
