"""Receiving: bytes in, a Document out.

Order of durability: temporary file, fsync, rename, fsync of the folder, commit with synchronous=FULL; only then is an
upload acknowledged. The blob gets its name inside the transaction that makes the rows, so that a removal of the same
bytes at the same moment (see removal.py) comes wholly before or wholly after it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pliego.accounts.manage_links import new_token, token_hash
from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import quotas, readiness, safekeeping, tasks
from pliego.documents.engines import blobs
from pliego.documents.identifiers import new_identifier
from pliego.documents.models import Document, File, Origin, Privacy
from pliego.documents.names import clean_name
from pliego.documents.withheld import Withheld
from pliego.errors import BadRequest, EmptyFile, NotAPdf, TakenDown, TooLarge
from pliego.storage.blobs import Stored
from pliego.storage.space import require_room

HEADER_WITHIN = 1024
"""Readers accept a PDF header within the first 1,024 bytes (ISO 32000-1, annex H, note 13)."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a door knows of a PDF that comes in."""

    original_name: str
    privacy: str = Privacy.PUBLIC
    origin: str = Origin.WEB
    network: str = ""
    viewer: Viewer = ANONYMOUS
    """Who shares it; it will belong to the account of this person, if there is one."""
    place: str = ""
    """Fingerprint of the network it comes from, for quotas; "" where none counts."""
    document_id: str = field(default_factory=new_identifier)
    manage_hash: str = ""
    """Of a manage token given out before; "" makes a new one unless an account owns the document."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A whole PDF that waits to be stored. ``path`` is where it lies; ``store`` is called in the write transaction."""

    path: Path
    size: int
    store: Callable[[], Stored]


@dataclass(frozen=True, slots=True)
class Received:
    """A PDF that has its page."""

    document: Document
    token: str
    """The secret of the manage link, told here and never again; "" when it was given out before or there is none."""
    same_file: Document | None
    """An earlier document with the same bytes that this person may know of."""


def refuse_early(length: int) -> None:
    """Raise TooLarge or DiskFull for an announced length in bytes, before any of it is read."""
    if length > settings.MAX_UPLOAD_MB << 20:
        raise TooLarge(limit=settings.MAX_UPLOAD_MB)
    require_room(blobs().root, readiness.floor(), length)


def checked_privacy(value: str) -> Privacy:
    """Return the privacy of that name, public for ""; raise BadRequest on any other word."""
    if value and value not in Privacy.values:
        raise BadRequest(what="privacy")
    return Privacy(value or Privacy.PUBLIC)


class Receiver:
    """One PDF on its way in: write its chunks, then finish or abort. Memory use does not grow with the file."""

    def __init__(self) -> None:
        refuse_early(0)
        self._incoming = blobs().receive()
        self._head = b""

    def write(self, chunk: bytes | memoryview) -> None:
        """Append bytes; raise TooLarge, DiskFull or NotAPdf as soon as it is certain."""
        if len(self._head) < HEADER_WITHIN:
            self._head = (self._head + chunk[:HEADER_WITHIN])[:HEADER_WITHIN]
            if len(self._head) == HEADER_WITHIN:
                check_header(self._head)
        if self._incoming.size + len(chunk) > settings.MAX_UPLOAD_MB << 20:
            raise TooLarge(limit=settings.MAX_UPLOAD_MB)
        self._incoming.write(chunk)

    def finish(self, arrival: Arrival) -> Received:
        """Make it a document; raise EmptyFile, NotAPdf or what a quota says, and forget the bytes, if it cannot be."""
        try:
            return _register(self.sealed(), arrival)
        finally:
            self.abort()

    def sealed(self) -> Sealed:
        """End the writing; raise EmptyFile or NotAPdf. The caller aborts when it is done with the bytes."""
        check_header(self._head)
        self._incoming.seal()
        return Sealed(self._incoming.path, self._incoming.size, self._incoming.commit)

    def abort(self) -> None:
        """Forget the bytes; nothing happens after finish."""
        self._incoming.abort()


def receive(chunks: Iterable[bytes], arrival: Arrival) -> Received:
    """Take in a whole PDF from an iterable of its bytes."""
    receiver = Receiver()
    try:
        for chunk in chunks:
            receiver.write(chunk)
        return receiver.finish(arrival)
    finally:
        receiver.abort()


def receive_path(path: Path, arrival: Arrival, sha256: str = "") -> Received:
    """Take in a complete file that lies on the data folder's file system; it stays until the caller removes it.

    ``sha256`` saves hashing it here; it must be what the file holds.
    """
    quotas.require(path.stat().st_size, arrival.viewer, arrival.place)
    return _register(sealed_path(path, sha256), arrival)


def sealed_path(path: Path, sha256: str = "") -> Sealed:
    """A file as receive_path takes it. Raise EmptyFile, NotAPdf or DiskFull."""
    with path.open("rb") as file:
        check_header(file.read(HEADER_WITHIN))
    stored = blobs().adopt(path, sha256)  # hashing takes its time: not while others wait for the database
    return Sealed(path, stored.size, lambda: stored if blobs().head(stored.key) else blobs().adopt(path, stored.key))


def check_header(head: bytes) -> None:
    """Raise EmptyFile or NotAPdf for the first bytes of a file."""
    if not head:
        raise EmptyFile
    if b"%PDF-" not in head:
        raise NotAPdf


def file_of(stored: Stored) -> File:
    """The row of bytes that were stored, in the same transaction. Raise TakenDown of what the operator withholds.

    A file whose bytes were lost has them again.
    """
    if withheld := Withheld.objects.filter(sha256=stored.key).first():
        raise TakenDown(statement=withheld.statement)
    file, new = File.objects.get_or_create(sha256=stored.key, defaults={"size": stored.size})
    if stored.created and not new:
        safekeeping.came_back(file)
    return file


def wake_for(file: File) -> None:
    """Let the worker read a file that is new, or note that a document has it."""
    if file.finished:
        tasks.wake(tasks.index_changes)
    else:
        tasks.wake(tasks.read_file, file.sha256)


def _register(sealed: Sealed, arrival: Arrival) -> Received:
    owner = arrival.viewer.person
    token = "" if arrival.manage_hash or owner else new_token()
    with transaction.atomic():
        quotas.require(sealed.size, arrival.viewer, arrival.place)
        file = file_of(sealed.store())
        same_file = Document.objects.copies_known_to(arrival.viewer, file).with_file().first()
        document = Document(
            id=arrival.document_id,
            file=file,
            privacy=arrival.privacy,
            origin=arrival.origin,
            network=arrival.network,
            owner_id=owner,
            manage_hash=arrival.manage_hash or (token_hash(token) if token else ""),
            original_name=clean_name(arrival.original_name),
        )
        document.filed_title = document.filed_as
        document.save(force_insert=True)
        quotas.note(sealed.size, arrival.viewer, arrival.place)
    wake_for(file)
    return Received(document, token, same_file)
