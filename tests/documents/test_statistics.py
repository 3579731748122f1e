from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pliego.documents import statistics, views_count
from pliego.documents.models import Counted, Document, File, Tally
from pliego.documents.statistics import Key
from pliego.documents.views_count import Visit

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def folder(own_data: Path) -> Path:
    return own_data / "views"


@pytest.fixture
def document() -> Document:
    file = File.objects.create(sha256="ab" * 32, size=1)
    return Document.objects.create(file=file, original_name="x.pdf")


def look(document: Document, what: Counted = Counted.VIEW, page: int = 0, **more: str) -> None:
    source = next((kind for kind in (Counted.HOST, Counted.WORDS) if kind.value in more), None)
    value = more[source.value] if source else ""
    visit = Visit("GET", more.get("address", "192.0.2.1"), FIREFOX, source, value)
    views_count.record(visit, document, what, page)


def numbers(document: Document) -> dict[tuple[str, str], int]:
    return {(each.kind, each.value): each.number for each in document.tallies.all()}


def test_what_is_counted_stands_under_its_day(document: Document) -> None:
    look(document)
    look(document, Counted.DOWNLOAD)
    look(document, Counted.PAGE, 7)
    look(document, Counted.PAGE, 8)
    assert views_count.fold() == 1
    assert numbers(document) == {("view", ""): 1, ("download", ""): 1, ("page", "7"): 1, ("page", "8"): 1}
    assert {each.day for each in document.tallies.all()} == {timezone.localdate()}


def test_repeats_of_a_visitor_are_left_out_for_each_thing_of_its_own(document: Document) -> None:
    for _ in range(3):
        look(document, Counted.DOWNLOAD)
        look(document, Counted.PAGE, 7)
        views_count.fold()
    look(document, Counted.PAGE, 7, address="192.0.2.2")
    views_count.fold()
    assert numbers(document) == {("download", ""): 1, ("page", "7"): 2}


def test_where_somebody_comes_from_is_counted_with_the_view(document: Document) -> None:
    look(document, host="example.org")
    look(document, Counted.PAGE, 3, words="puente viejo ñ %00 = 😀", address="192.0.2.2")
    views_count.fold()
    assert numbers(document)["host", "example.org"] == 1
    assert numbers(document)["words", "puente viejo ñ %00 = 😀"] == 1


def test_long_words_are_cut(document: Document) -> None:
    look(document, words="😀" * 5000)
    views_count.fold()
    assert numbers(document)["words", "😀" * 100] == 1


def test_lines_of_an_earlier_version_count_as_views(document: Document, folder: Path) -> None:
    now = datetime.now(UTC)
    folder.mkdir()
    line = f"{document.pk} {int(now.timestamp())} {'0' * 32}\n"
    (folder / f"{now:%Y%m%d%H}.views").write_text(line)
    assert views_count.fold() == 1


def test_numbers_add_up_over_folds(document: Document) -> None:
    for number in range(4):
        look(document, address=f"192.0.2.{number}")
        views_count.fold()
    assert numbers(document) == {("view", ""): 4}


def test_hosts_beyond_the_limit_of_a_day_are_gathered(document: Document) -> None:
    def hosts(first: int, last: int) -> Counter[Key]:
        return Counter(Key(document.pk, TODAY, Counted.HOST, f"{n}.example") for n in range(first, last))

    statistics.add(hosts(0, 150))
    statistics.add(hosts(100, 300))
    kept = numbers(document)
    assert len(kept) == statistics.MOST_VALUES + 1
    assert kept["host", ""] == 100
    assert kept["host", "120.example"] == 2


def test_a_day_without_anything_is_there_too(document: Document) -> None:
    today = timezone.localdate()
    for day, kind, number in ((today, Counted.VIEW, 3), (today - timedelta(days=2), Counted.DOWNLOAD, 1)):
        Tally.objects.create(document=document, day=day, kind=kind, number=number)
    Tally.objects.create(document=document, day=today - timedelta(days=3), kind=Counted.VIEW, number=9)
    daily = statistics.daily(document, 3)
    assert [(day.views, day.downloads) for day in daily] == [(0, 1), (0, 0), (3, 0)]


def test_the_most_counted_come_first(document: Document) -> None:
    today = timezone.localdate()
    for day, page, number in ((today, "2", 1), (today, "5", 4), (today - timedelta(days=1), "2", 5)):
        Tally.objects.create(document=document, day=day, kind=Counted.PAGE, value=page, number=number)
    assert statistics.most(document, Counted.PAGE, 30, 5) == [("2", 6), ("5", 4)]
    assert statistics.most(document, Counted.PAGE, 1, 1) == [("5", 4)]


def test_a_year_costs_one_query(document: Document, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert len(statistics.daily(document, 365)) == 365


def test_old_numbers_are_deleted(document: Document) -> None:
    today = timezone.localdate()
    for age in (0, 400, 401):
        Tally.objects.create(document=document, day=today - timedelta(days=age), kind=Counted.VIEW, number=1)
    statistics.forget_old()
    assert document.tallies.count() == 2
