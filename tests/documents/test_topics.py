"""Subjects, and the documents under each."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import indexing, removal, topics
from pliego.documents.models import Document, File, Kind, Privacy, State, Withheld
from pliego.documents.topics import Entry
from tests.archive import put

pytestmark = pytest.mark.usefixtures("archive")


def about(word: str, keywords: str) -> Document:
    document = put(word).document
    Document.objects.filter(pk=document.pk).revised(given_keywords=keywords)
    indexing.index_changes()
    return document


def under(subject: str) -> set[Document]:
    return set(topics.documents_under(ANONYMOUS, Kind.KEYWORD, subject))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zarzuela", "Zarzuelas"), ("vapor", "vapores"), ("brass font", "brass fonts"), ("caja", "cajas"),
        ("expresión regular", "expresiones regulares"), ("box", "boxes"),
    ],
)  # fmt: skip
def test_a_subject_is_one_in_the_singular_and_in_the_plural(one: str, other: str) -> None:
    first, second = about("uno", one), about("dos", other)
    assert under(one) == under(other) == {first, second}
    found = [entry for entry in topics.largest(ANONYMOUS, 60)[Kind.KEYWORD] if entry.text in {one, other}]
    assert [entry.count for entry in found] == [2]
    assert topics.entry(ANONYMOUS, Kind.KEYWORD, other) == Entry(other, 2)


@pytest.mark.parametrize(("one", "other"), [("puerto", "puerta"), ("plan", "plane"), ("gas", "ga"), ("class", "clas")])
def test_other_endings_tell_subjects_apart(one: str, other: str) -> None:
    first, second = about("uno", one), about("dos", other)
    assert (under(one), under(other)) == ({first}, {second})


def test_of_subjects_with_as_many_documents_the_main_ones_come_first() -> None:
    about("uno", "zarzuelas, abanicos")
    about("dos", "vapores, abonos")
    mine = {"zarzuelas", "abanicos", "vapores", "abonos"}
    found = [entry.text for entry in topics.largest(ANONYMOUS, 60)[Kind.KEYWORD] if entry.text in mine]
    assert found == ["vapores", "zarzuelas", "abanicos", "abonos"]


def test_the_largest_are_counted_anew_for_any_change_and_only_then(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    def counted() -> list[int]:
        return [entry.count for entry in topics.largest(ANONYMOUS, 60)[Kind.KEYWORD] if entry.text == "zarzuelas"]

    one, two, three = (about(name, "zarzuelas") for name in ("uno", "dos", "tres"))
    assert counted() == [3]
    with django_assert_max_num_queries(1):
        assert counted() == [3]
    Document.objects.filter(pk=one.pk).update(privacy=Privacy.PRIVATE)
    assert counted() == [2]
    Document.objects.filter(pk=one.pk).update(privacy=Privacy.PUBLIC)
    Document.objects.filter(pk=two.pk).update(privacy=Privacy.UNLISTED)  # as many as before, but others
    Document.objects.filter(pk=three.pk).update(trashed_at=timezone.now())
    assert counted() == [1]
    Document.objects.update(privacy=Privacy.PUBLIC, trashed_at=None)
    Withheld.objects.create(sha256=one.file_id)
    assert counted() == [2]
    Withheld.objects.all().delete()
    File.objects.filter(pk=two.file_id).update(facts_state=State.FAILED)
    assert counted() == [2]
    Document.objects.filter(pk=three.pk).revised(given_keywords="otra cosa")
    assert counted() == [1]
    removal.remove(one)
    assert counted() == []


def test_no_subject_is_kept_when_another_takes_its_place() -> None:
    def shown() -> set[str]:
        return {entry.text for entry in topics.largest(ANONYMOUS, 60)[Kind.KEYWORD]} & {"abanicos", "vapores"}

    one, two = about("uno", "abanicos"), about("dos", "vapores")
    Document.objects.filter(pk=two.pk).update(privacy=Privacy.PRIVATE)
    assert shown() == {"abanicos"}
    Document.objects.filter(pk=one.pk).update(privacy=Privacy.PRIVATE)
    Document.objects.filter(pk=two.pk).update(privacy=Privacy.PUBLIC)
    assert shown() == {"vapores"}


def test_what_is_not_public_is_under_nothing() -> None:
    document = about("uno", "zarzuelas")
    Document.objects.filter(pk=document.pk).update(privacy=Privacy.PRIVATE)
    assert not under("zarzuela")
    assert topics.entry(ANONYMOUS, Kind.KEYWORD, "zarzuelas") is None


def test_a_subject_is_found_in_a_form_that_no_document_has() -> None:
    about("uno", "zarzuelas")
    assert topics.entry(ANONYMOUS, Kind.KEYWORD, "zarzuela") == Entry("zarzuelas", 1)


def test_a_long_subject_costs_no_more() -> None:
    assert under("redes " * 20) == set()
