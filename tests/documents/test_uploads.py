import ctypes
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from pliego.accounts.manage_links import token_hash
from pliego.documents import uploads
from pliego.documents.engines import blobs
from pliego.documents.models import Document, Privacy, Upload, Withheld
from pliego.documents.uploads import Checksum, Piece
from pliego.errors import (
    BadRequest,
    ChecksumMismatch,
    DiskFull,
    EmptyFile,
    Interrupted,
    NotAPdf,
    NotFound,
    TakenDown,
    TooLarge,
    UploadBusy,
    UploadExpired,
    WrongOffset,
)

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 12 + b"%%EOF\n"


@pytest.fixture(autouse=True)
def folder(own_data: Path) -> Path:
    return own_data / "uploads"


@pytest.fixture
def upload() -> Upload:
    return uploads.begin(len(PDF), "informe.pdf")[0]


def piece(offset: int, data: bytes, length: int | None = None, checksum: Checksum | None = None) -> Piece:
    return Piece(offset, len(data) if length is None else length, [data], checksum)


def sha1(data: bytes) -> Checksum:
    return Checksum("sha1", hashlib.sha1(data).digest())


def stored(upload: Upload) -> bytes:
    document = Document.objects.get(pk=upload.document_id)
    return blobs().path(document.file_id).read_bytes()


def test_pieces_become_the_reserved_document(folder: Path) -> None:
    upload, token = uploads.begin(len(PDF), "../informe.pdf", "unlisted", "192.0")
    assert uploads.append(upload, piece(0, PDF[:2000])).offset == 2000
    progress = uploads.append(upload, piece(2000, PDF[2000:]))
    assert progress.offset == len(PDF)
    assert progress.received is not None
    document = progress.received.document
    assert (document.pk, document.original_name, document.network) == (upload.document_id, "informe.pdf", "192.0")
    assert (document.privacy, document.manage_hash) == (Privacy.UNLISTED, token_hash(token))
    assert stored(upload) == PDF
    assert list(folder.iterdir()) == []


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 1500), st.booleans(), st.booleans()), max_size=12))
def test_any_cuts_give_the_same_bytes(pieces: list[tuple[int, bool, bool]]) -> None:
    upload = uploads.begin(len(PDF), "x.pdf")[0]
    for size, cut, checked in [*pieces, (len(PDF), False, False)]:
        offset = uploads.offset_of(upload)
        data = PDF[offset : offset + size]
        sent = data[: len(data) // 2] if cut else data
        try:
            uploads.append(upload, piece(offset, sent, len(data), sha1(data) if checked and data else None))
        except Interrupted:
            assert uploads.offset_of(upload) == offset + (0 if checked else len(sent))
    assert stored(upload) == PDF


def test_a_piece_is_synced_before_it_is_acknowledged(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(os.fstat(fd).st_size))
    uploads.append(upload, piece(0, PDF[:2000]))
    assert synced == [2000]


def test_a_cut_piece_is_kept(upload: Upload) -> None:
    with pytest.raises(Interrupted):
        uploads.append(upload, piece(0, PDF[:1500], length=3000))
    assert uploads.offset_of(upload) == 1500


def test_a_failing_source_keeps_what_came_before(upload: Upload) -> None:
    def failing() -> Iterator[bytes]:
        yield PDF[:1500]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        uploads.append(upload, Piece(0, 3000, failing()))
    assert uploads.offset_of(upload) == 1500


@pytest.mark.parametrize("offset", [0, 1999, 2001, 99999])
def test_a_wrong_offset_changes_nothing(upload: Upload, offset: int) -> None:
    uploads.append(upload, piece(0, PDF[:2000]))
    with pytest.raises(WrongOffset):
        uploads.append(upload, piece(offset, b"x"))
    assert uploads.offset_of(upload) == 2000


def test_more_than_announced_is_refused(upload: Upload) -> None:
    with pytest.raises(BadRequest):
        uploads.append(upload, piece(0, PDF + b"x"))
    assert uploads.offset_of(upload) == 0


def test_one_piece_at_a_time(upload: Upload) -> None:
    def meanwhile() -> Iterator[bytes]:
        with pytest.raises(UploadBusy):
            uploads.append(upload, piece(0, PDF))
        with pytest.raises(UploadBusy):
            uploads.cancel(upload)
        yield PDF

    uploads.append(upload, Piece(0, len(PDF), meanwhile()))
    assert stored(upload) == PDF


@pytest.mark.parametrize("algorithm", uploads.ALGORITHMS)
def test_a_checksum_is_verified(upload: Upload, algorithm: str) -> None:
    right = Checksum(algorithm, hashlib.new(algorithm, PDF).digest())
    with pytest.raises(ChecksumMismatch):
        uploads.append(upload, piece(0, PDF[:-1] + b"x", checksum=right))
    assert uploads.offset_of(upload) == 0
    uploads.append(upload, piece(0, PDF, checksum=right))
    assert stored(upload) == PDF


def test_a_stop_within_a_checked_piece_leaves_nothing_unverified(upload: Upload) -> None:
    uploads.append(upload, piece(0, PDF[:1000], checksum=sha1(PDF[:1000])))

    def stopped() -> Iterator[bytes]:
        yield b"damaged"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        uploads.append(upload, Piece(1000, 2000, stopped(), sha1(b"")))
    assert uploads.offset_of(upload) == 1000
    uploads.append(upload, piece(1000, PDF[1000:]))
    assert stored(upload) == PDF


def test_what_is_no_pdf_is_refused_after_its_first_bytes(folder: Path) -> None:
    upload, _ = uploads.begin(1 << 20, "x.pdf")
    with pytest.raises(NotAPdf):
        uploads.append(upload, piece(0, b"<html>" * 200, length=1 << 20))
    assert list(folder.iterdir()) == []
    with pytest.raises(NotFound):
        uploads.find(upload.pk)


def test_what_is_short_and_no_pdf_is_refused_at_its_end(folder: Path) -> None:
    upload, _ = uploads.begin(3, "x.pdf")
    with pytest.raises(NotAPdf):
        uploads.append(upload, piece(0, b"abc"))
    assert list(folder.iterdir()) == []
    assert list(blobs().list()) == []


def test_refused_before_anything_is_sent(settings: Settings, folder: Path) -> None:
    with pytest.raises(EmptyFile):
        uploads.begin(0, "x.pdf")
    with pytest.raises(TooLarge):
        uploads.begin((settings.MAX_UPLOAD_MB << 20) + 1, "x.pdf")
    with pytest.raises(BadRequest):
        uploads.begin(1, "x.pdf", "secret")
    settings.MIN_FREE_MB = 1 << 40
    with pytest.raises(DiskFull):
        uploads.begin(1, "x.pdf")
    assert not folder.exists()


def test_a_disk_that_fills_up_keeps_what_has_come(
    upload: Upload, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "ROOM_EVERY", 2000)

    def filling() -> Iterator[bytes]:
        yield PDF[:2000]
        settings.MIN_FREE_MB = 1 << 40
        yield PDF[2000:]

    with pytest.raises(DiskFull):
        uploads.append(upload, Piece(0, len(PDF), filling()))
    assert uploads.offset_of(upload) == 2000


def complete_without_document(upload: Upload, folder: Path) -> None:
    """The state that a stop between the last byte and the document leaves behind."""
    (folder / upload.pk).write_bytes(PDF)


def test_an_empty_piece_finishes_what_a_stop_left(upload: Upload, folder: Path) -> None:
    complete_without_document(upload, folder)
    assert uploads.append(upload, piece(len(PDF), b"")).received is not None
    assert stored(upload) == PDF


def test_a_question_finishes_what_a_stop_left(upload: Upload, folder: Path) -> None:
    complete_without_document(upload, folder)
    assert uploads.resume(upload).offset == len(PDF)
    assert stored(upload) == PDF


def test_the_sweep_finishes_what_a_stop_left(upload: Upload, folder: Path) -> None:
    complete_without_document(upload, folder)
    uploads.expire()
    assert stored(upload) == PDF


@contextmanager
def as_anybody() -> Iterator[None]:
    """Root may write to what nobody may write to; a site seldom runs as root, but tests do."""
    libc = ctypes.CDLL(None)
    header, had = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, had) == 0
    without = (ctypes.c_uint32 * 6)(*had)
    without[0] &= ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH are no longer in effect
    assert libc.capset(header, without) == 0
    try:
        yield
    finally:
        assert libc.capset(header, had) == 0


@pytest.fixture
def refused(upload: Upload) -> Upload:
    """An upload whose bytes are all there, and stored, and whose document was refused at the last moment."""
    Withheld.objects.create(sha256=hashlib.sha256(PDF).hexdigest(), statement="Por orden.")
    with as_anybody(), pytest.raises(TakenDown):
        uploads.append(upload, piece(0, PDF))
    return uploads.find(upload.pk)


def test_an_upload_without_its_document_is_tried_again(refused: Upload) -> None:
    with as_anybody(), pytest.raises(TakenDown):
        uploads.resume(refused)
    Withheld.objects.all().delete()
    with as_anybody():
        assert uploads.append(refused, piece(len(PDF), b"")).received is not None
    assert stored(refused) == PDF


def test_an_upload_without_its_document_does_not_end_the_sweep(refused: Upload, folder: Path) -> None:
    with as_anybody():
        uploads.expire()
        Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        uploads.expire()
    assert list(folder.iterdir()) == []
    assert not Upload.objects.exists()


def test_a_stop_just_after_the_document_makes_no_second_one(upload: Upload, folder: Path) -> None:
    uploads.append(upload, piece(0, PDF))
    Upload.objects.update(finished=False)
    complete_without_document(upload, folder)
    assert uploads.resume(uploads.find(upload.pk)).received is None
    assert Document.objects.count() == 1
    assert list(folder.iterdir()) == []


def test_a_finished_upload_still_answers(upload: Upload) -> None:
    uploads.append(upload, piece(0, PDF))
    found = uploads.find(upload.pk)
    assert uploads.resume(found).offset == len(PDF)
    assert uploads.append(found, piece(len(PDF), b"")).offset == len(PDF)
    with pytest.raises(WrongOffset):
        uploads.append(found, piece(0, PDF))


def test_the_same_bytes_again_are_told(upload: Upload) -> None:
    uploads.append(upload, piece(0, PDF))
    second, _ = uploads.begin(len(PDF), "copy.pdf")
    received = uploads.append(second, piece(0, PDF)).received
    assert received is not None
    assert received.same_file is not None
    assert received.same_file.pk == upload.document_id
    assert len(list(blobs().list())) == 1


def test_a_cancelled_upload_leaves_nothing(upload: Upload, folder: Path) -> None:
    uploads.append(upload, piece(0, PDF[:10]))
    uploads.cancel(upload)
    assert list(folder.iterdir()) == []
    with pytest.raises(NotFound):
        uploads.find(upload.pk)


def test_cancelling_a_finished_upload_keeps_its_document(upload: Upload) -> None:
    uploads.append(upload, piece(0, PDF))
    uploads.cancel(uploads.find(upload.pk))
    assert stored(upload) == PDF


def test_an_upload_expires(upload: Upload, folder: Path) -> None:
    uploads.expire()
    assert uploads.find(upload.pk) == upload
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(UploadExpired):
        uploads.find(upload.pk)
    uploads.expire()
    assert list(folder.iterdir()) == []
    assert not Upload.objects.exists()


def test_a_living_upload_gets_its_time_again(upload: Upload) -> None:
    Upload.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    uploads.append(uploads.find(upload.pk), piece(0, PDF[:10]))
    assert uploads.find(upload.pk).expires_at > timezone.now() + timedelta(hours=20)


def test_a_lost_part_is_not_found(upload: Upload, folder: Path) -> None:
    (folder / upload.pk).unlink()
    for ask in (uploads.offset_of, uploads.resume, lambda upload: uploads.append(upload, piece(0, PDF))):
        with pytest.raises(NotFound):
            ask(upload)
    uploads.expire()
    assert uploads.percent(upload) == 0


def test_percent(upload: Upload) -> None:
    uploads.append(upload, piece(0, PDF[: len(PDF) // 2]))
    assert uploads.percent(upload) in (49, 50)
