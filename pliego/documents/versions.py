"""Another file for a document: its address and all links stay, and what it was before stays as a version of it.

The document's own row is its newest version, the rows of Version are the earlier ones. A file that no reader can open
never takes the place of one: it is looked at before anything is written. The order of durability is that of intake.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import quotas, tasks, upkeep
from pliego.documents.engines import reader
from pliego.documents.intake import Receiver, Sealed, file_of, sealed_path, wake_for
from pliego.documents.models import Document, File, Version, Withheld
from pliego.documents.names import clean_name
from pliego.documents.reading import READING_COPY
from pliego.errors import NeedsPassword, NoPages, NotFound, SameVersion, TakenDown, UnreadablePdf


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a door knows of a file that is to take the place of a document's, once it has asked who may change that."""

    document: Document
    original_name: str
    viewer: Viewer = ANONYMOUS
    """Whose quota it counts against; an account's own document counts against that account."""
    place: str = ""
    """As in Arrival."""
    noted: Callable[[], object] = lambda: None
    """Called in the transaction that replaces the file."""

    @property
    def payer(self) -> Viewer:
        """Whom the bytes count against."""
        owner = self.document.owner_id
        return self.viewer if self.viewer.operator or owner is None else Viewer(person=owner)


def replace(receiver: Receiver, new: Replacement) -> Document:
    """Make what was received the document's file and give the document as it is now.

    Raise EmptyFile, NotAPdf, UnreadablePdf, ReaderStopped, ReaderBusy, SameVersion, TakenDown, what a quota says, or
    NotFound when the document was deleted meanwhile: then nothing is changed.
    """
    try:
        return _replaced(receiver.sealed(), new)
    finally:
        receiver.abort()


def replace_path(path: Path, new: Replacement, sha256: str = "") -> Document:
    """The same with a complete file, as intake.receive_path takes it."""
    quotas.require(path.stat().st_size, new.payer, new.place, documents=0)
    return _replaced(sealed_path(path, sha256), new)


def bring_back(document: Document, number: int) -> Document:
    """Make an earlier version the newest one again, under a number of its own. Raise NotFound or TakenDown.

    Nothing happens when the document has the very same file now.
    """
    with transaction.atomic():
        now, earlier = _now(document), one(document, number)
        if taken := Withheld.objects.filter(sha256=earlier.file_id).first():
            raise TakenDown(statement=taken.statement)
        if earlier.file_id != now.file_id:
            _put_on_top(now, earlier.file, earlier.original_name, unlocked=earlier.unlocked)
    _wake(earlier.file)
    return Document.objects.with_file().get(pk=document.pk)


def forget(document: Document, number: int) -> None:
    """Delete an earlier version for good: its bytes go when nothing else has them. Raise NotFound."""
    with transaction.atomic():
        gone = one(document, number)
        before = Version.objects.filter(document=document.pk, number__lt=number).order_by("-number").first()
        if before:
            Version.objects.filter(pk=before.pk).update(changes=None)  # to a version that is no longer the next
        gone.delete()
        Document.objects.filter(pk=document.pk).revised()
    upkeep.drop_unused(gone.file_id)
    tasks.wake(tasks.compare_versions)


def show(document: Document, *, shown: bool) -> Document:
    """Let those who may see the document see its earlier versions too, or its owner alone."""
    Document.objects.filter(pk=document.pk).revised(shows_versions=shown)
    return Document.objects.with_file().get(pk=document.pk)


def earlier(*documents: Document) -> list[Version]:
    """The earlier versions of a document, the newest first, for its owner; of several, those of each together."""
    found = Version.objects.filter(document__in=documents).select_related("file")
    return list(found.order_by("document", "-number"))


def withheld(earlier: list[Version]) -> set[str]:
    """The checksums of those that the operator has taken down."""
    found = Withheld.objects.filter(sha256__in=[each.file_id for each in earlier])
    return set(found.values_list("sha256", flat=True))


def one(document: Document, number: int) -> Version:
    """An earlier version, for its owner; raise NotFound."""
    found = Version.objects.select_related("file").filter(document=document.pk, number=number).first()
    if found is None:
        raise NotFound
    return found


def seen_by(viewer: Viewer, document: Document) -> list[Version]:
    """Those of them that this person may open; costs nothing for a document that was never replaced."""
    if document.version == 1:
        return []
    found = Version.objects.visible_to(viewer).filter(document=document.pk)
    return list(found.select_related("file").order_by("-number"))


def _replaced(sealed: Sealed, new: Replacement) -> Document:
    _check_readable(sealed.path)
    with transaction.atomic():
        quotas.require(sealed.size, new.payer, new.place, documents=0)
        file = file_of(sealed.store())
        now = _now(new.document)
        if file.pk == now.file_id:
            raise SameVersion
        _put_on_top(now, file, clean_name(new.original_name))
        quotas.note(sealed.size, new.payer, new.place, documents=0)
        new.noted()
    _wake(file)
    return Document.objects.with_file().get(pk=now.pk)


def _check_readable(path: Path) -> None:
    """Raise UnreadablePdf when neither the file nor what can be saved of it opens. A locked one may be a good one."""
    try:
        reader().facts(path)
    except NeedsPassword:
        return
    except NoPages:
        raise
    except UnreadablePdf:
        with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
            mended = Path(folder) / READING_COPY
            reader().reading_copy(path, mended)
            reader().facts(mended)


def _now(document: Document) -> Document:
    """The row as it is, held until the transaction ends: of two replacements the second comes after the first."""
    now = Document.objects.kept().select_for_update().filter(pk=document.pk).first()
    if now is None:
        raise NotFound
    return now


def _put_on_top(document: Document, file: File, name: str, *, unlocked: bool = False) -> None:
    Version.objects.create(
        document=document,
        number=document.version,
        file_id=document.file_id,
        original_name=document.original_name,
        unlocked=document.unlocked,
        created_at=document.as_of,
    )
    Document.objects.filter(pk=document.pk).revised(
        file=file, version=document.version + 1, version_at=timezone.now(), original_name=name, unlocked=unlocked
    )


def _wake(file: File) -> None:
    wake_for(file)
    tasks.wake(tasks.compare_versions)  # of a file that is read already, nobody else would
