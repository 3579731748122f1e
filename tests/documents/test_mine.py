from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import folders, many, mine
from pliego.documents.engines import index
from pliego.documents.mine import Asked
from pliego.documents.models import Document, File, Privacy
from pliego.errors import BadRequest
from pliego.search.records import DocumentRecord, PageRecord
from tests.archive import put
from tests.people import account, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def clara() -> Viewer:
    return Viewer(person=account().pk)


def fill(count: int) -> None:
    """So many documents, of three files, some of the same moment and title."""
    files = [File.objects.get_or_create(sha256=str(number) * 64, defaults={"size": number})[0] for number in range(3)]
    moments = [timezone.now() - timedelta(hours=number % 20) for number in range(count)]
    Document.objects.bulk_create(
        Document(
            file=files[number % 3],
            owner=account(),
            original_name=f"{number}.pdf",
            filed_title=f"title {number % 7}",
            view_count=number % 5,
            created_at=moment,
        )
        for number, moment in enumerate(moments)
    )


def all_pages(viewer: Viewer, asked: Asked) -> list[Document]:
    found: list[Document] = []
    while True:
        page = mine.page(viewer, asked)
        found += page.documents
        if not page.following:
            return found
        asked = replace(asked, after=page.following)


@pytest.mark.parametrize("way", ["", "-"])
@pytest.mark.parametrize("column", mine.SORTS)
def test_every_document_is_on_one_page_whatever_the_order(clara: Viewer, column: str, way: str) -> None:
    fill(180)
    found = all_pages(clara, Asked(sort=f"{way}{column}"))
    assert len({document.pk for document in found}) == len(found) == 180
    name = mine.SORTS[column][0].split("__")
    values = [getattr(document.file if name[0] == "file" else document, name[-1]) for document in found]
    assert values == sorted(values, reverse=bool(way))


def test_more_documents_cost_no_more_queries(clara: Viewer) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            for document in mine.page(clara, Asked()).documents:
                assert (document.file.size, document.folder, list(document.tags.all())) is not None
        return len(asked)

    fill(20)
    many.tag(clara, list(Document.objects.values_list("pk", flat=True)), "t")
    before = queries()
    fill(40)
    assert queries() == before <= 4


def test_ten_thousand_documents_page_as_fast_as_a_hundred(clara: Viewer) -> None:
    fill(10_000)
    page = mine.page(clara, Asked())
    assert page.total == 10_000
    assert len(page.documents) == mine.PAGE_SIZE


def test_the_filters(clara: Viewer) -> None:
    folder = folders.create(clara, "a", None)
    one = share("uno", Privacy.PRIVATE, read=False, owner=account()).document
    two = share("dos", read=False, owner=account()).document
    many.move(clara, [two.pk], folder)
    many.tag(clara, [two.pk], "t")
    Document.objects.filter(pk=one.pk).update(own_language="ca")
    tag = two.tags.get()
    for asked, found in (
        (Asked(privacy="private"), one),
        (Asked(folder=str(folder.pk)), two),
        (Asked(folder="0"), one),
        (Asked(tag=str(tag.pk)), two),
        (Asked(language="ca"), one),
        (Asked(words="DÓS"), two),
    ):
        assert [document.pk for document in mine.page(clara, asked).documents] == [found.pk], asked
    assert mine.page(clara, Asked(state="reading")).total == 2
    assert mine.page(clara, Asked(state="failed")).total == 0
    assert mine.languages(clara) == ["ca"]
    assert [tag.count for tag in mine.tags(clara)] == [1]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("archive")
def test_words_of_the_text_are_found_in_mine_alone(clara: Viewer) -> None:
    own, other = put("molino", privacy=Privacy.PRIVATE), put("molino")
    Document.objects.filter(pk=own.document.pk).update(owner=account())
    assert [document.pk for document in mine.page(clara, Asked(words="escrita")).documents] == [own.document.pk]
    assert other.document.pk not in {document.pk for document in mine.page(clara, Asked()).documents}


@pytest.mark.usefixtures("archive")
def test_words_are_found_in_mine_however_well_others_match(clara: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.search.snapshot.DEEPEST", 3)
    monkeypatch.setattr("pliego.search.snapshot.ROUND", 3)
    own = put("molino")
    Document.objects.filter(pk=own.document.pk).update(owner=account())
    pages = [PageRecord(1, f"escrita {'y otras muchas ' * 50}")]
    index().replace(DocumentRecord(own.document.pk, language="es", pages=1), pages)  # the worst of all
    for at in range(9):
        put(f"ajeno{at}")
    assert [document.pk for document in mine.page(clara, Asked(words="escrita")).documents] == [own.document.pk]


@pytest.mark.parametrize(
    "asked",
    [
        Asked(privacy="x"),
        Asked(state="x"),
        Asked(sort="x"),
        Asked(sort="owner"),
        Asked(folder="x"),
        Asked(tag="-1"),
        Asked(tag="٣"),
        Asked(after="x"),
        Asked(after="x~2026-99-99"),
        Asked(sort="size", after="x~" + "9" * 30),
        Asked(sort="title", after="\0~\0"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(clara: Viewer, asked: Asked) -> None:
    with pytest.raises(BadRequest):
        mine.page(clara, asked)


def test_without_an_account_there_is_nothing() -> None:
    share("uno", read=False)
    assert mine.page(ANONYMOUS, Asked()).total == 0
    assert mine.tags(ANONYMOUS) == []
