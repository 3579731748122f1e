import pytest
from django.test import Client

from pliego.accounts.models import Person
from pliego.accounts.viewer import Viewer
from pliego.documents import gathering, leaving, removal
from pliego.documents.engines import blobs
from pliego.documents.models import Document, File, Privacy
from pliego.documents.uploads import begin, find
from pliego.errors import UploadExpired
from tests.people import account, leaflet, share, visit

pytestmark = pytest.mark.django_db


def test_everything_is_gone_at_once_and_deleted_soon() -> None:
    mine = share("mía", read=False, owner=account())
    other = share("ajena", read=False, owner=account("otra"))
    collection, _ = gathering.make(_viewer(), "Varios", Privacy.PUBLIC, other.document.pk)
    upload, _ = begin(100, "medio.pdf", viewer=_viewer())
    client = visit("account", mine)
    leaving.close(_viewer())
    assert Client().get(mine.document.get_absolute_url()).status_code == 404
    assert client.get("/cuenta/").status_code == 302
    assert Client().get(collection.get_absolute_url()).status_code == 404
    with pytest.raises(UploadExpired):
        find(upload.pk)
    assert leaving.empty_closed() == 1
    assert not Person.objects.filter(email=mine.document.owner.email).exists()  # type: ignore[union-attr]
    assert list(Document.objects.all()) == [other.document]
    assert blobs().head(mine.document.file_id) is None


def _viewer() -> Viewer:
    return Viewer(person=account().pk)


def test_bytes_that_somebody_else_shared_stay() -> None:
    share("igual", read=False, owner=account(), pdf=leaflet("igual"))
    other = share("otra", read=False, pdf=leaflet("igual"))
    leaving.close(_viewer())
    leaving.empty_closed()
    assert File.objects.get() == other.document.file
    assert blobs().head(other.document.file_id)


def test_nobody_else_is_touched() -> None:
    account("otra")
    assert leaving.empty_closed() == 0
    assert Person.objects.exists()


def test_a_large_account_goes_in_steps_that_leave_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(removal, "AT_ONCE", 2)
    for name in ("uno", "dos", "tres"):
        share(name, read=False, owner=account())
    leaving.close(_viewer())
    assert (leaving.empty_closed(), Document.objects.count()) == (0, 1)
    assert (leaving.empty_closed(), Document.objects.count()) == (1, 0)
