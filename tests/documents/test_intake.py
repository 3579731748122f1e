import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection
from pytest_django import Settings

from pliego.accounts.manage_links import token_hash
from pliego.accounts.viewer import Viewer
from pliego.documents import readiness
from pliego.documents.engines import blobs
from pliego.documents.intake import Arrival, Receiver, checked_privacy, receive, receive_path, refuse_early
from pliego.documents.models import Document, File, Origin, Privacy
from pliego.documents.queue import queue
from pliego.documents.upkeep import drop_unused
from pliego.errors import BadRequest, DiskFull, EmptyFile, NotAPdf, PliegoError, TooLarge
from tests import samples

pytestmark = pytest.mark.django_db

PDF = samples.leaflet()


def stored() -> set[str]:
    """Every file below the blob store, unfinished ones too."""
    return {path.name for path in blobs().root.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _no_blobs() -> None:
    """Each test begins without blobs, as it begins with an empty database."""
    for path in blobs().root.iterdir():
        if path != blobs().incoming:
            shutil.rmtree(path)


def test_a_pdf_is_stored_and_has_a_document_with_its_secret() -> None:
    received = receive([PDF[:100], PDF[100:]], Arrival("feria.pdf", network="173.178", origin=Origin.PROGRAM))
    document = Document.objects.get()
    assert received.document == document
    assert (document.network, document.origin) == ("173.178", "program")
    assert document.manage_hash == token_hash(received.token)
    assert blobs().path(document.file_id).read_bytes() == PDF


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"%PD", NotAPdf),
        (b"\x89PNG\r\n\x1a\n" + bytes(5000), NotAPdf),
        (b"<!doctype html><title>Hola</title>", NotAPdf),
        (b" " * 1024 + b"%PDF-1.7", NotAPdf),
    ],
)
def test_what_is_no_pdf_is_refused_and_nothing_is_kept(data: bytes, error: type[PliegoError]) -> None:
    with pytest.raises(error):
        receive([data], Arrival("x.pdf"))
    assert not stored()
    assert not File.objects.exists()


def test_a_header_within_the_first_kilobyte_counts_however_it_is_cut() -> None:
    data = b"\n" * 1000 + PDF
    assert receive([data[n : n + 1] for n in range(len(data))], Arrival("x.pdf")).document.file.size == len(data)


def test_what_has_no_header_is_refused_while_it_comes() -> None:
    receiver = Receiver()
    receiver.write(b" " * 1023)
    with pytest.raises(NotAPdf):
        receiver.write(b" ")
    receiver.abort()


def test_over_the_limit_is_refused_while_it_comes(settings: Settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    receiver = Receiver()
    receiver.write(PDF.ljust(1 << 20, b" "))
    with pytest.raises(TooLarge):
        receiver.write(b" ")
    receiver.abort()
    assert not stored()


def test_an_announced_length_over_the_limit_is_refused_at_once(settings: Settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    refuse_early(1 << 20)
    with pytest.raises(TooLarge, match="1 MB"):
        refuse_early((1 << 20) + 1)


def test_a_full_disk_is_told_before_anything_is_written(settings: Settings) -> None:
    settings.MIN_FREE_MB = 1 << 40
    with pytest.raises(DiskFull):
        Receiver()
    assert not stored()


def test_what_could_not_be_read_for_want_of_room_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "FULL_MB", 1 << 40)
    with pytest.raises(DiskFull):
        refuse_early(1)


def test_a_sender_who_stops_leaves_nothing() -> None:
    def cut() -> Iterator[bytes]:
        yield PDF[:500]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        receive(cut(), Arrival("x.pdf"))
    assert not stored()


def test_a_file_on_disk_is_taken_in_and_stays(tmp_path: Path) -> None:
    path = site.DATA / "part"
    path.write_bytes(PDF)
    assert receive_path(path, Arrival("x.pdf")).document.file.size == len(PDF)
    assert path.exists()


def test_an_unknown_privacy_is_refused() -> None:
    assert checked_privacy("") == Privacy.PUBLIC
    with pytest.raises(BadRequest):
        checked_privacy("secret")


@pytest.mark.parametrize("privacy", Privacy.values)
def test_the_same_bytes_are_stored_once_and_told_of_only_where_public(privacy: str) -> None:
    first = receive([PDF], Arrival("uno.pdf", privacy=privacy)).document
    second = receive([PDF], Arrival("dos.pdf"))
    assert len(stored()) == 1
    assert second.same_file == (first if privacy == Privacy.PUBLIC else None)


def test_the_same_bytes_are_told_of_to_their_own_sharer() -> None:
    first = receive([PDF], Arrival("uno.pdf", privacy=Privacy.PRIVATE)).document
    viewer = Viewer(owned=frozenset({first.pk}))
    assert receive([PDF], Arrival("dos.pdf", viewer=viewer)).same_file == first


@pytest.mark.parametrize("name", ["a\nb\r\nX: y.pdf", "../../etc/passwd.pdf", "\u202efdp.exe", "", "\0.pdf", "ß" * 400])
def test_hostile_names_are_data(name: str) -> None:
    document = receive([PDF], Arrival(name)).document
    assert document.original_name.isprintable()
    assert 0 < len(document.original_name) <= 300
    assert "/" not in document.original_name


def test_a_queue_that_cannot_be_written_loses_no_document() -> None:
    queue.storage.close()
    good, queue.storage.filename = queue.storage.filename, "/nonexistent/queue.sqlite3"
    try:
        received = receive([PDF], Arrival("x.pdf"))
    finally:
        queue.storage.close()
        queue.storage.filename = good
    assert not received.document.file.finished


class Race:
    """Threads that begin at the same moment; what they raise is raised here."""

    def __init__(self, *work: object) -> None:
        self.barrier = threading.Barrier(len(work))
        self.errors: list[BaseException] = []
        threads = [threading.Thread(target=self._run, args=(each,)) for each in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not self.errors

    def _run(self, work: object) -> None:
        try:
            self.barrier.wait(10)
            assert callable(work)
            work()
        except BaseException as error:  # noqa: BLE001 - told to the test
            self.errors.append(error)
        finally:
            connection.close()


@pytest.mark.django_db(transaction=True)
def test_many_share_the_same_file_at_the_same_moment() -> None:
    Race(*[lambda: receive([PDF], Arrival("x.pdf"))] * 8)
    assert Document.objects.count() == 8
    assert File.objects.count() == len(stored()) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_arrive_while_they_are_deleted() -> None:
    for _ in range(10):
        document = receive([PDF], Arrival("x.pdf")).document

        def remove(document: Document = document) -> None:
            document.delete()
            drop_unused(document.file_id)

        Race(remove, lambda: receive([PDF], Arrival("x.pdf")))
        assert blobs().head(document.file_id) is not None
        with suppress(Document.DoesNotExist):
            remove(Document.objects.get())
