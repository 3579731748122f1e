"""The numbers as the owner sees them, from the request that makes them on."""

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from pliego.documents import views_count
from pliego.documents.models import Counted, Tally
from tests.people import Shared, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]

FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def shared() -> Shared:
    views_count.fold()
    return share("números")


def counted(shared: Shared) -> dict[tuple[str, str], int]:
    views_count.fold()
    return {(each.kind, each.value): each.number for each in shared.document.tallies.all()}


def ask(path: str, **headers: str) -> int:
    answer = Client(headers=FIREFOX | headers).get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # closes the file
    return answer.status_code


def show(shared: Shared, query: str = "") -> str:
    answer = visit("owner", shared).get(f"/d/{shared.document.pk}/statistics{query}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.content.decode()


def table(shared: Shared) -> list[list[str]]:
    answer = visit("owner", shared).get(f"/d/{shared.document.pk}/statistics.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_looking_reading_and_downloading_are_counted(shared: Shared) -> None:
    document = shared.document
    ask(document.get_absolute_url(), referer="https://example.org/private/path?id=7")
    ask(document.page_url(1), referer="http://testserver/buscar/?q=molino")
    ask(document.file_url)
    assert counted(shared) == {
        ("view", ""): 1,
        ("host", "example.org"): 1,
        ("page", "1"): 1,
        ("words", "molino"): 1,
        ("download", ""): 1,
    }


@pytest.mark.parametrize(
    ("headers", "number"),
    [
        ({"range": "bytes=0-99"}, 1),
        ({"range": "bytes=100-199"}, 0),
        ({"range": "bytes=-10"}, 0),
        ({"if-none-match": "*"}, 0),
        ({"user-agent": "Googlebot/2.1"}, 0),
        ({"user-agent": ""}, 0),
    ],
)
def test_a_download_is_a_file_from_its_beginning(shared: Shared, headers: dict[str, str], number: int) -> None:
    ask(shared.document.file_url, **headers)
    assert counted(shared).get(("download", ""), 0) == number


def test_head_and_what_is_not_found_are_not_counted(shared: Shared) -> None:
    client = Client(headers=FIREFOX)
    for path in (shared.document.get_absolute_url(), shared.document.page_url(1), shared.document.file_url):
        client.head(path)
    ask(f"/d/{shared.document.pk}/p/99.html")
    assert counted(shared) == {}


def test_the_owner_sees_the_numbers(shared: Shared) -> None:
    today = timezone.localdate()
    for kind, value in ((Counted.HOST, "example.org"), (Counted.WORDS, "<b>molino"), (Counted.PAGE, "1")):
        Tally.objects.create(document=shared.document, day=today, kind=kind, value=value, number=1234)
    Tally.objects.create(document=shared.document, day=today, kind=Counted.VIEW, number=56)
    page = show(shared)
    assert "example.org" in page
    assert "&lt;b&gt;molino" in page
    assert f'href="{shared.document.page_url(1)}"' in page
    assert page.count('class="views"') == 1
    assert "56" in page


@pytest.mark.parametrize(("query", "columns"), [("", 30), ("?days=90", 90), ("?days=365", 53)])
def test_each_period_is_drawn(shared: Shared, query: str, columns: int) -> None:
    assert show(shared, query).count('class="column"') == columns


@pytest.mark.parametrize("days", ["0", "31", "x", "-30", "%00", "9" * 50, ""])
def test_another_period_is_refused(shared: Shared, days: str) -> None:
    assert visit("owner", shared).get(f"/d/{shared.document.pk}/statistics?days={days}").status_code == 400


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(shared: Shared, start: str) -> None:
    words = f'{start}cmd|" /C calc"!A0,x'
    Tally.objects.create(document=shared.document, day=timezone.localdate(), kind=Counted.WORDS, value=words, number=2)
    head, row = table(shared)
    assert head == ["day", "kind", "value", "number"]
    assert row[1:] == ["words", f"'{words}", "2"]
