"""What stands beside a document: others about the same subject, and never its own text once more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import copies, related
from pliego.documents.engines import blobs
from pliego.documents.models import Document, File, NearCopy, Privacy
from pliego.documents.related import Shown
from tests.archive import BEES, BRIDGES, HIVES, put, settled
from tests.people import share

pytestmark = pytest.mark.usefixtures("archive")


def seen(document: Document) -> Shown:
    return related.shown(ANONYMOUS, related.beside(ANONYMOUS, document))


def names(documents: list[Document]) -> set[str]:
    return {document.original_name for document in documents}


def related_names(document: Document) -> set[str]:
    return names([one.document for one in seen(document).related])


def test_related_documents_share_a_subject_and_say_which() -> None:
    bees = put("bees", BEES).document
    put("bridges", BRIDGES)
    put("hives", HIVES)
    nearest = seen(bees).related[0]
    assert nearest.document.original_name == "hives.pdf"
    assert {"colmena", "miel"} & set(nearest.shared)


def test_the_same_file_stands_apart() -> None:
    first = put("bees", BEES).document
    again = settled(share("again", pdf=blobs().path(first.file_id).read_bytes())).document
    found = seen(again)
    assert names(found.copies) == {"bees.pdf"}
    assert not found.related


def test_a_file_that_was_shared_twice_is_related_once() -> None:
    bees, hives = put("bees", BEES).document, put("hives", HIVES).document
    settled(share("again", pdf=blobs().path(hives.file_id).read_bytes()))
    assert len(seen(bees).related) == 1


def test_near_copies_are_related_once() -> None:
    bees = put("bees", BEES).document
    put("hives", (*HIVES, *BRIDGES))
    put("hive", (*HIVES, *BRIDGES, "Añadido."))
    assert len(seen(bees).related) == 1


def test_a_near_copy_that_comes_later_is_related_no_more() -> None:
    first = put("bees", (*BEES, *HIVES)).document
    second = put("hive", (*BEES, *HIVES, "Añadido en la segunda edición.")).document
    NearCopy.objects.all().delete()
    File.objects.update(near_group="")
    assert related_names(first) == {"hive.pdf"}
    copies.note(second.file)
    first.refresh_from_db()
    assert related_names(first) == set()
    assert names(seen(first).editions) == {"hive.pdf"}


def test_an_edition_stands_apart_on_both_sides() -> None:
    first = put("bees", (*BEES, *HIVES)).document
    second = put("hive", (*BEES, *HIVES, "Añadido en la segunda edición.")).document
    assert names(seen(first).editions) == {"hive.pdf"}
    assert names(seen(second).editions) == {"bees.pdf"}
    assert related_names(first) == related_names(second) == set()
    assert NearCopy.objects.count() == 2


def test_what_waits_for_its_password_is_nobodys_edition() -> None:
    open_, closed = put("bees", (*BEES, *HIVES)).document, put("hive", (*BEES, *HIVES, "Añadido.")).document
    File.objects.filter(pk=closed.file_id).update(needs_password=True)
    closed = Document.objects.with_file().get(pk=closed.pk)
    assert closed.locked
    assert seen(open_).editions == seen(closed).editions == []
    Document.objects.filter(pk=closed.pk).update(unlocked=True)
    assert names(seen(open_).editions) == {"hive.pdf"}


def test_other_subjects_are_no_editions() -> None:
    put("bees", BEES)
    put("bridges", BRIDGES)
    assert not NearCopy.objects.exists()


@pytest.mark.parametrize("privacy", [Privacy.UNLISTED, Privacy.PRIVATE])
def test_what_is_hidden_goes_at_the_next_look(privacy: str) -> None:
    bees, hives = put("bees", BEES).document, put("hives", HIVES).document
    assert related_names(bees) == {"hives.pdf"}
    Document.objects.filter(pk=hives.pk).update(privacy=privacy)
    assert related_names(bees) == set()


def test_an_account_is_shown_what_anybody_is() -> None:
    one = put("bees", BEES).document
    put("hives", HIVES)
    settled(share("again", pdf=blobs().path(one.file_id).read_bytes()))
    assert related.beside(Viewer(person=1), one) == related.beside(ANONYMOUS, one) != related.NOTHING


def test_neighbours_are_remembered() -> None:
    bees = put("bees", BEES).document
    put("hives", HIVES)
    first = related.beside(ANONYMOUS, bees)
    with CaptureQueriesContext(connection) as asked:
        assert related.beside(ANONYMOUS, bees).mark == first.mark
    assert len(asked) == 1


def test_the_mark_changes_with_what_is_shown() -> None:
    bees, hives = put("bees", BEES).document, put("hives", HIVES).document
    before = related.beside(ANONYMOUS, bees).mark
    Document.objects.filter(pk=hives.pk).update(revision=hives.revision + 1)
    assert related.beside(ANONYMOUS, bees).mark != before


def test_at_most_six() -> None:
    bees = put("bees", BEES).document
    for number in range(8):
        put(f"hives{number}", (HIVES[number % 2], " ".join(f"cosa{number}x{at}" for at in range(60))))
    assert len(seen(bees).related) == related.SHOWN
