from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pliego.documents import views_count
from pliego.documents.models import Document, File, RecentView, ViewSpool
from pliego.documents.views_count import Visit

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
MOST_QUESTIONS = 22
VISITOR = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def folder(own_data: Path) -> Path:
    return own_data / "views"


@pytest.fixture
def document() -> Document:
    file = File.objects.create(sha256="ab" * 32, size=1)
    return Document.objects.create(file=file, original_name="x.pdf")


def look(document: Document, address: str = "192.0.2.1", agent: str = FIREFOX, method: str = "GET") -> None:
    views_count.record(Visit(method, address, agent), document)


def spool(folder: Path, document: Document, *moments: datetime) -> Path:
    """A spool file of the first moment's hour with one visitor's views."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{moments[0]:%Y%m%d%H}.views"
    with path.open("a") as file:
        file.writelines(f"{document.pk} {int(moment.timestamp())} {VISITOR}\n" for moment in moments)
    return path


def count(document: Document) -> int:
    document.refresh_from_db()
    return document.view_count


def test_a_view_is_counted_once(document: Document) -> None:
    look(document)
    assert views_count.fold() == 1
    assert views_count.fold() == 0
    assert count(document) == 1


def test_visitors_are_told_apart(document: Document) -> None:
    look(document)
    look(document, address="192.0.2.2")
    look(document, agent=FIREFOX.replace("140", "141"))
    views_count.fold()
    assert count(document) == 3


def test_a_repeat_is_not_counted_even_in_a_later_fold(document: Document) -> None:
    look(document)
    look(document)
    views_count.fold()
    look(document)
    views_count.fold()
    assert count(document) == 1


def test_after_half_an_hour_it_counts_again(document: Document, folder: Path) -> None:
    start = datetime(2026, 1, 1, 10, tzinfo=UTC)
    spool(folder, document, *(start + timedelta(minutes=minutes) for minutes in (0, 20, 29, 30, 45, 61)))
    views_count.fold()
    assert count(document) == 3


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "facebookexternalhit/1.1",
        "TelegramBot (like TwitterBot)",
        "WhatsApp/2.23",
        "curl/8.5.0",
        "Wget/1.21",
        "python-requests/2.32",
        "Go-http-client/2.0",
    ],
)
def test_programs_are_not_counted(document: Document, folder: Path, agent: str) -> None:
    look(document, agent=agent)
    assert not folder.exists()


@pytest.mark.parametrize(
    "agent", [FIREFOX, "Mozilla/5.0 (Linux; Android 14; CUBOT X50) Chrome/120", "Opera/9.80 (J2ME)"]
)
def test_people_are_counted(document: Document, folder: Path, agent: str) -> None:
    look(document, agent=agent)
    assert len(list(folder.iterdir())) == 1


def test_head_is_not_counted(document: Document, folder: Path) -> None:
    look(document, method="HEAD")
    assert not folder.exists()


def test_the_spool_does_not_tell_the_address(document: Document, folder: Path) -> None:
    look(document, address="192.0.2.77")
    text = next(folder.iterdir()).read_text()
    assert "192.0" not in text
    assert "Firefox" not in text


def test_a_failure_in_the_last_step_of_a_fold_counts_nothing(document: Document) -> None:
    look(document)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER stop BEFORE UPDATE ON documents_viewspool BEGIN SELECT RAISE(ABORT, 'stopped'); END"
        )
        with pytest.raises(IntegrityError):
            views_count.fold()
        cursor.execute("DROP TRIGGER stop")
    assert count(document) == 0
    assert views_count.fold() == 1
    assert views_count.fold() == 0


def test_a_line_is_counted_when_it_has_its_end(document: Document, folder: Path) -> None:
    look(document)
    path = next(folder.iterdir())
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert views_count.fold() == 0
    path.write_bytes(whole)
    assert views_count.fold() == 1


def test_torn_lines_and_deleted_documents_are_left_out(document: Document, folder: Path) -> None:
    look(document)
    path = next(folder.iterdir())
    stranger = path.read_bytes().replace(document.pk.encode(), b"1" * 16)
    path.write_bytes(b"\x00\x00 torn " + stranger + b"\n" + stranger + path.read_bytes())
    assert views_count.fold() == 1


def test_many_batches(document: Document, folder: Path) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    spool(folder, document, *(start + timedelta(minutes=30 * step) for step in range(3000)))
    assert views_count.fold() == 3000
    assert count(document) == 3000


def test_a_counted_file_of_an_hour_long_over_is_removed(document: Document, folder: Path) -> None:
    path = spool(folder, document, timezone.now() - timedelta(hours=5))
    look(document)
    views_count.fold()
    assert not path.exists()
    assert ViewSpool.objects.count() == len(list(folder.iterdir())) == 1


def test_a_file_is_never_counted_again_when_its_row_outlives_it(document: Document, folder: Path) -> None:
    path = spool(folder, document, timezone.now() - timedelta(hours=5))
    ViewSpool.objects.create(name=path.name, offset=path.stat().st_size)
    views_count.fold()
    assert count(document) == 0
    assert not ViewSpool.objects.exists()


def test_a_full_disk_does_not_keep_anybody_from_reading(
    document: Document, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.mkdir()
    path = folder / f"{datetime.now(UTC):%Y%m%d%H}.views"
    path.symlink_to("/dev/full")
    look(document)
    assert "No space left" in caplog.text


@pytest.mark.parametrize("minutes", [31, -31], ids=["long ago", "by a fast clock"])
def test_visitors_are_forgotten(document: Document, minutes: int) -> None:
    look(document)
    views_count.fold()
    views_count.forget_visitors()
    assert RecentView.objects.exists()
    RecentView.objects.update(seen_at=timezone.now() - timedelta(minutes=minutes))
    views_count.forget_visitors()
    assert not RecentView.objects.exists()


@pytest.mark.parametrize("documents", [2, 40])
def test_views_of_many_documents_are_counted_by_as_many_questions_as_those_of_two(
    documents: int, document: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    some = [Document.objects.create(file=document.file, original_name=f"{at}.pdf") for at in range(documents)]
    for each in some:
        look(each)
    look(some[0], address="192.0.2.2")
    with django_assert_max_num_queries(MOST_QUESTIONS):
        assert views_count.fold() == documents + 1
    assert [count(each) for each in some] == [2, *[1] * (documents - 1)]
