"""Subjects, and the documents under each."""

import pytest

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import indexing, topics
from pliego.documents.models import Document, Kind, Privacy
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
