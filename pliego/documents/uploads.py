"""Resumable uploads: the pieces of a file as they arrive, and the document they become.

The part file ``uploads/<id>`` is the truth about how far an upload has come: its size is the offset. A piece is synced
before it is acknowledged; what arrived of a piece that was cut is kept. A piece with a checksum counts as a whole:
while it is written, ``uploads/<id>.unverified`` tells where it began, and whoever opens the part next cuts it back.

When the last byte is there the part becomes a document under the identifier that was reserved for it. If the server is
stopped just before, the next question about the upload, or the sweep, finishes the work; the row stays until it expires
so that a sharer who missed the last answer learns that all went well.
"""

import fcntl
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from pliego.accounts.manage_links import new_token, token_hash
from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import quotas, versions
from pliego.documents.intake import (
    HEADER_WITHIN,
    Arrival,
    Received,
    check_header,
    checked_privacy,
    receive_path,
    refuse_early,
)
from pliego.documents.models import Document, Origin, Upload
from pliego.documents.names import clean_name
from pliego.documents.versions import Replacement
from pliego.durable import sync_folder
from pliego.errors import (
    BadRequest,
    ChecksumMismatch,
    EmptyFile,
    Interrupted,
    NotAPdf,
    NotFound,
    PliegoError,
    ReaderStopped,
    SameVersion,
    UnreadablePdf,
    UploadBusy,
    UploadExpired,
    WrongOffset,
)
from pliego.storage.following import Follower
from pliego.storage.local import sweep_folder
from pliego.storage.refusal import refusals_in_words

LIFETIME = timedelta(days=1)
"""An upload that has not grown for so long is dropped."""
ALGORITHMS = ("sha1", "sha256", "md5")
"""Checksums of pieces: they find damage on the way, they protect no secret."""
_HOPELESS = (NotAPdf, UnreadablePdf, ReaderStopped, SameVersion)
"""What no second try mends."""
ROOM_EVERY = 8 << 20
"""Bytes of a piece after which the room on the disk is looked at again."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a piece must hash to."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes announced for a place in the file; fewer may come."""

    offset: int
    length: int
    chunks: Iterable[bytes]
    checksum: Checksum | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload has come. ``received`` is None until its document is made, and for a later question."""

    offset: int
    received: Received | None = None


def begin(
    length: int,
    name: str,
    privacy: str = "",
    network: str = "",
    viewer: Viewer = ANONYMOUS,
    place: str = "",
    replaces: Document | None = None,
) -> tuple[Upload, str]:
    """Reserve a document for a file of ``length`` bytes: the upload, and the secret of the manage link.

    The secret is "" when the sharer has an account, to which the document will belong, and when the file ``replaces``
    that of a document; the caller has asked whether this person may do that.

    Raise EmptyFile, TooLarge, DiskFull, BadRequest or what a quota says before anything is sent.
    """
    if not length:
        raise EmptyFile
    refuse_early(length)
    viewer = Replacement(replaces, name, viewer).payer if replaces else viewer
    quotas.require_early(length, viewer, place, documents=0 if replaces else 1)
    token = "" if viewer.person or replaces else new_token()
    upload = Upload(
        length=length,
        original_name=clean_name(name),
        privacy=checked_privacy(privacy),
        network=network,
        manage_hash=replaces.manage_hash if replaces else token_hash(token) if token else "",
        owner_id=viewer.person,
        place="" if viewer.person else place,
        expires_at=timezone.now() + LIFETIME,
        replaces=replaces,
    )
    part = _part(upload)
    part.parent.mkdir(parents=True, exist_ok=True)
    with refusals_in_words():
        part.touch(mode=0o600, exist_ok=False)
        sync_folder(part.parent)
    upload.save(force_insert=True)
    return upload, token


def find(identifier: str) -> Upload:
    """Return the upload; raise NotFound for an unknown one and UploadExpired for one that was given up."""
    upload = Upload.objects.filter(pk=identifier).first()
    if upload is None:
        raise NotFound
    if upload.expires_at < timezone.now():
        raise UploadExpired
    return upload


def offset_of(upload: Upload) -> int:
    """Return how many bytes count as arrived. Raise NotFound when they were lost or cancelled."""
    if upload.finished:
        return upload.length
    try:
        marked = _mark(upload).read_text() if _mark(upload).exists() else ""
        return int(marked) if marked else _part(upload).stat().st_size
    except FileNotFoundError as error:
        raise NotFound from error


def percent(upload: Upload) -> int:
    """Return how much has arrived, from 0 to 100, for the page that waits for it."""
    try:
        return offset_of(upload) * 100 // upload.length
    except NotFound:
        return 0


def append(upload: Upload, piece: Piece, origin: str = Origin.WEB) -> Progress:
    """Take in the next piece, durably; with the last one the document is made.

    Raise UploadBusy while another piece comes in, WrongOffset, ChecksumMismatch, DiskFull or Interrupted: the upload
    can go on after each of these. After NotAPdf it is gone, and so is one that was to replace a file and cannot.
    """
    if upload.finished:
        if piece.offset == upload.length and not piece.length:
            return Progress(upload.length)
        raise WrongOffset
    with _opened(upload) as part:
        if upload.finished or piece.offset != part.seek(0, os.SEEK_END):
            raise WrongOffset
        if piece.length > upload.length - piece.offset:
            raise BadRequest(what="Content-Length")
        with Follower(part.fileno()) as follower:
            last = piece.offset + piece.length == upload.length
            arrived = _write(upload, part, piece, follower if last else None)
            if last and arrived == piece.length:
                return _finish(upload, origin, follower.digest())
        if arrived < piece.length:
            raise Interrupted
        _renew(upload)
        return Progress(piece.offset + arrived)


def resume(upload: Upload, origin: str = Origin.WEB) -> Progress:
    """Tell how far the upload has come, and finish it if the server was stopped between last byte and document."""
    if upload.finished or offset_of(upload) < upload.length:
        return Progress(offset_of(upload))
    with _opened(upload):
        return Progress(upload.length) if upload.finished else _finish(upload, origin)


def cancel(upload: Upload) -> None:
    """Forget the upload and its bytes; a document that was made of it stays. Raise UploadBusy while a piece comes."""
    try:
        with _opened(upload):
            _forget(upload)
    except NotFound:
        _forget(upload)  # the part was lost, or its document is made


def expire() -> None:
    """Drop the uploads that were given up, and finish those that a stop of the server left without their document."""
    over = Upload.objects.filter(expires_at__lt=timezone.now())
    over.filter(finished=True).delete()
    for upload in over:
        with suppress(UploadBusy):
            cancel(upload)
    for upload in Upload.objects.filter(finished=False):
        with suppress(PliegoError):  # whoever asks about the upload is told
            resume(upload)
    if _folder().is_dir():
        sweep_folder(_folder(), 2 * LIFETIME.total_seconds())


def _folder() -> Path:
    folder: Path = settings.DATA / "uploads"
    return folder


def _part(upload: Upload) -> Path:
    return _folder() / upload.pk


def _mark(upload: Upload) -> Path:
    return _folder() / f"{upload.pk}.unverified"


@contextmanager
def _opened(upload: Upload) -> Iterator[BinaryIO]:
    """The part file, locked for this piece alone; the upload is read anew under the lock. A lock dies with its process.

    What turns out to be no PDF, or none that can be used, is forgotten.

    Raise NotFound when there is no part (any more) and UploadBusy.
    """
    with _part_of(upload) as part:
        _lock(part)
        try:
            upload.refresh_from_db()
        except Upload.DoesNotExist as error:
            raise NotFound from error
        if part.writable():
            part.truncate(offset_of(upload))
        _mark(upload).unlink(missing_ok=True)
        try:
            yield part
        except _HOPELESS:
            _forget(upload)
            raise


def _part_of(upload: Upload) -> BinaryIO:
    """The part file, to be grown; to be read alone where it is whole and has become a blob, which nobody may write to.

    So it is left where its document could not be made: by a stop, a full disk, a quota. Raise NotFound.
    """
    path = _part(upload)
    try:
        return path.open("r+b" if path.stat().st_mode & stat.S_IWUSR else "rb", buffering=0)
    except FileNotFoundError as error:
        raise NotFound from error


def _lock(part: BinaryIO) -> None:
    try:
        fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UploadBusy from error


def _write(upload: Upload, part: BinaryIO, piece: Piece, follower: Follower | None) -> int:
    """Append what comes of a piece and sync it, with a follower behind the last one; return the number of bytes."""
    digest = hashlib.new(piece.checksum.algorithm, usedforsecurity=False) if piece.checksum else None
    if digest:
        _mark(upload).write_text(str(piece.offset))
    arrived = 0
    with refusals_in_words():
        for chunk in _while_there_is_room(piece.chunks):
            left = memoryview(chunk)
            while left:
                left = left[part.write(left) :]
            if digest:
                digest.update(chunk)
            arrived += len(chunk)
            size = piece.offset + arrived
            if size - len(chunk) < HEADER_WITHIN <= size:
                check_header(os.pread(part.fileno(), HEADER_WITHIN, 0))
            if follower:
                follower.grown(size)
        os.fsync(part.fileno())
    if digest and piece.checksum:
        if arrived < piece.length:
            raise Interrupted
        if digest.digest() != piece.checksum.digest:
            raise ChecksumMismatch
        _mark(upload).unlink()
    return arrived


def _while_there_is_room(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks as they come; raise DiskFull when others have filled the disk meanwhile."""
    trusted = 0
    for chunk in chunks:
        if trusted <= 0:
            refuse_early(0)
            trusted = ROOM_EVERY
        trusted -= len(chunk)
        yield chunk


def _renew(upload: Upload) -> None:
    """Give a living upload its full time again, seldom enough to cost nothing."""
    if upload.expires_at - timezone.now() < LIFETIME / 2:
        upload.expires_at = timezone.now() + LIFETIME
        upload.save(update_fields=["expires_at"])


def _finish(upload: Upload, origin: str, sha256: str = "") -> Progress:
    """Make the document unless it was made before a stop; then the part is not needed any more."""
    if upload.replaces:
        _replace(upload, upload.replaces, sha256)
        return Progress(upload.length)
    received = None
    if not Document.objects.filter(pk=upload.document_id).exists():
        received = receive_path(
            _part(upload),
            Arrival(
                original_name=upload.original_name,
                privacy=upload.privacy,
                origin=origin,
                network=upload.network,
                document_id=upload.document_id,
                manage_hash=upload.manage_hash,
                viewer=Viewer(person=upload.owner_id),
                place=upload.place,
            ),
            sha256,
        )
    upload.finished = True
    upload.save(update_fields=["finished"])
    _part(upload).unlink()
    return Progress(upload.length, received)


def _replace(upload: Upload, document: Document, sha256: str) -> None:
    """Let the file take its place, and note it at the same moment: after a stop it is not done twice.

    Raise NotFound of a document that has changed hands since the upload began.
    """

    def note() -> None:
        hands = Q(owner=None) | Q(owner=upload.owner_id)
        if not Document.objects.filter(hands, pk=document.pk, manage_hash=upload.manage_hash).exists():
            raise NotFound
        upload.finished = True
        upload.save(update_fields=["finished"])

    new = Replacement(document, upload.original_name, Viewer(person=upload.owner_id), upload.place, note)
    versions.replace_path(_part(upload), new, sha256)
    _part(upload).unlink()


def _forget(upload: Upload) -> None:
    _part(upload).unlink(missing_ok=True)
    _mark(upload).unlink(missing_ok=True)
    Upload.objects.filter(pk=upload.pk).delete()
