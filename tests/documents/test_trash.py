from datetime import timedelta

import pytest
from django.utils import timezone

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import many, removal, trash
from pliego.documents.engines import blobs
from pliego.documents.models import Document
from pliego.errors import NotFound
from tests.people import account, leaflet, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def clara() -> Viewer:
    return Viewer(person=account().pk)


def thrown(clara: Viewer, name: str = "uno") -> Document:
    document = share(name, read=False, owner=account()).document
    many.trash(clara, [document.pk])
    return document


def test_it_gives_back(clara: Viewer) -> None:
    document = thrown(clara)
    assert list(trash.content(clara)) == [document]
    assert trash.restore(clara, [document.pk]) == 1
    assert Document.objects.visible_to(ANONYMOUS).get() == document


def test_one_document_is_put_there_and_found_there(clara: Viewer) -> None:
    first, second, other = (share(name, read=False, owner=account()).document for name in ("uno", "dos", "tres"))
    trash.put(first)
    trash.put(second)
    since = Document.objects.get(pk=first.pk).trashed_at
    trash.put(first)  # its time does not begin anew
    assert since
    assert trash.until(trash.one(clara, first.pk)) == since + trash.KEPT
    assert list(trash.content(clara)) == [second, first] == [trash.one(clara, each.pk) for each in (second, first)]
    assert (trash.holds(clara, first.pk), trash.holds(clara, other.pk)) == (True, False)
    with pytest.raises(NotFound):
        trash.one(clara, other.pk)


def test_after_thirty_days_the_bytes_are_gone_and_not_before(clara: Viewer) -> None:
    document = thrown(clara)
    Document.objects.update(trashed_at=timezone.now() - trash.KEPT + timedelta(minutes=1))
    assert trash.expire() == 0
    Document.objects.update(trashed_at=timezone.now() - trash.KEPT)
    assert trash.expire() == 1
    assert not Document.objects.exists()
    assert blobs().head(document.file_id) is None


def test_a_full_trash_goes_in_steps(clara: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(removal, "AT_ONCE", 2)
    for name in ("uno", "dos", "tres"):
        thrown(clara, name)
    trash.empty(clara)
    assert (trash.expire(), trash.expire(), trash.expire()) == (2, 1, 0)


def test_bytes_that_another_document_uses_stay(clara: Viewer) -> None:
    document = thrown(clara)
    share("dos", read=False, pdf=leaflet("uno"))
    trash.empty(clara)
    assert trash.expire() == 1
    assert blobs().head(document.file_id)


def test_what_is_given_up_cannot_be_brought_back(clara: Viewer) -> None:
    one, two = thrown(clara), thrown(clara, "dos")
    assert trash.give_up(clara, [one.pk]) == 1
    assert list(trash.content(clara)) == [two]
    with pytest.raises(NotFound):
        trash.restore(clara, [one.pk])


def test_nobody_reaches_into_the_trash_of_another(clara: Viewer) -> None:
    mine = thrown(clara)
    other = Viewer(person=account("otra").pk)
    for verb in (trash.restore, trash.give_up):
        for keys in ([mine.pk], [], ["x"]):
            with pytest.raises(NotFound):
                verb(other, keys)
    assert trash.empty(other) == 0
    assert list(trash.content(clara)) == [mine]
