"""The parts of the sitemap."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from pliego.documents import library, sitemap
from pliego.documents.models import Document, File, Privacy, State
from pliego.errors import NotFound
from tests.people import share

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 3, 12, tzinfo=UTC)


def put(count: int, moment: datetime, privacy: str = Privacy.PUBLIC) -> list[Document]:
    """Rows that changed a second after one another."""
    file, _ = File.objects.get_or_create(sha256="0" * 64, defaults={"size": 1})
    rows = [
        Document(file=file, privacy=privacy, original_name=f"{n}.pdf", changed_at=moment + timedelta(seconds=n))
        for n in range(count)
    ]
    return Document.objects.bulk_create(rows)


def listed() -> list[list[str]]:
    """The identifiers in each part."""
    parts = sitemap.parts()
    return [[document.pk for document in sitemap.documents(part.month, str(part.after or ""))] for part in parts]


def test_no_document_makes_no_part() -> None:
    assert list(sitemap.parts()) == []


def test_a_part_for_each_month_with_its_last_change() -> None:
    put(2, MAY)
    put(1, MAY.replace(month=12, day=31, hour=23))
    put(1, MAY.replace(year=2027, month=1, day=1, hour=0))
    said = [(part.month, part.changed_at) for part in sitemap.parts()]
    assert said[0] == ("2026-05", MAY + timedelta(seconds=1))
    assert [month for month, _ in said] == ["2026-05", "2026-12", "2027-01"]


def test_a_large_month_is_cut_and_no_document_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PART", 3)
    rows = [*put(7, MAY), *put(4, MAY), *put(2, MAY.replace(month=6))]  # many at the same moment
    found = listed()
    assert max(map(len, found)) == 3
    assert sorted(pk for part in found for pk in part) == sorted(row.pk for row in rows)


def test_the_months_cost_one_query_however_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for year in range(2000, 2026):
        put(2, MAY.replace(year=year))
    with django_assert_num_queries(1):
        assert [part.month for part in sitemap.parts()] == [f"{year}-05" for year in range(2000, 2026)]


def test_a_change_moves_a_document_into_the_newest_part() -> None:
    document = share("vieja", read=False).document
    Document.objects.update(changed_at=MAY)
    library.edit(document, library.Details("Otro", "", "", "", Privacy.PUBLIC))
    assert [part.month for part in sitemap.parts()] == [f"{datetime.now(UTC):%Y-%m}"]


def test_only_what_may_be_listed() -> None:
    put(1, MAY, Privacy.PRIVATE), put(1, MAY, Privacy.UNLISTED)
    assert listed() == []
    put(1, MAY)
    File.objects.update(facts_state=State.FAILED)
    with pytest.raises(NotFound):
        sitemap.documents("2026-05", "")


def test_a_part_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    put(20, MAY)
    with django_assert_num_queries(1):
        assert len([document.get_absolute_url() for document in sitemap.documents("2026-05", "")]) == 20


def test_a_part_is_found_by_an_index() -> None:
    place = sitemap._parsed("2026-05-03T12:00:00+00:00~x")
    found = sitemap._beyond(Document.objects.kept().filter(privacy=Privacy.PUBLIC), place).order_by("changed_at", "pk")
    plan = found[:5].explain()
    assert "document_changed (privacy=? AND changed_at>?)" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    ("month", "after"),
    [("2026-13", ""), ("0000-01", ""), ("9999-12", ""), ("2026-05", "x"), ("2026-05", "0001-01-01~"), ("2001-01", "")],
)
def test_a_part_that_is_not_there(month: str, after: str) -> None:
    put(1, MAY)
    with pytest.raises(NotFound):
        sitemap.documents(month, after)
