"""What an owner does to many documents at once, and how it is undone.

Every verb takes identifiers and checks each: when one of them is not of this account's documents, none is touched.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from pliego.accounts.viewer import Viewer
from pliego.documents import tasks
from pliego.documents.filing import TAG_LENGTH, Deed, Folder, Tag
from pliego.documents.models import Document, DocumentQuerySet, Privacy
from pliego.documents.names import short_name
from pliego.errors import NoRoomForMore, NotFound
from pliego.search.analysis import fold

_BATCH = 500
MOST_TAGS = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many documents were changed, and the number of the deed that undoes it; None when nothing was."""

    count: int
    deed: int | None


def checked(viewer: Viewer, keys: Iterable[str]) -> list[str]:
    """The identifiers, each once; raise NotFound when one is not of this account's documents, or in the trash."""
    asked = list(dict.fromkeys(keys))
    own = sum(rows.count() for rows in _batches(Document.objects.of_account(viewer).kept(), asked))
    if own != len(asked) or not asked:
        raise NotFound
    return asked


def set_privacy(viewer: Viewer, keys: list[str], privacy: Privacy) -> Outcome:
    """Say who may see them."""

    def change(rows: DocumentQuerySet) -> None:
        rows.revised(privacy=privacy)

    return _change(viewer, keys, "privacy", "privacy", privacy, change, str(privacy))


def move(viewer: Viewer, keys: list[str], folder: Folder | None) -> Outcome:
    """Put them into a folder, or into none."""
    return _change(
        viewer, keys, "move", "folder", folder.pk if folder else None, lambda rows: rows.update(folder=folder)
    )


def trash(viewer: Viewer, keys: list[str]) -> Outcome:
    """Put them into the trash: nobody sees them from the next request on."""
    now = timezone.now()
    return _change(viewer, keys, "trash", "trashed_at", now, lambda rows: rows.update(trashed_at=now))


def tag(viewer: Viewer, keys: list[str], text: str) -> Outcome:
    """Put a tag on them; raise NoRoomForMore when the account has no room for a new one."""
    with transaction.atomic():
        word = _tag(viewer, text)
        tagged = set(word.documents.values_list("pk", flat=True))
        fresh = [key for key in checked(viewer, keys) if key not in tagged]
        link = Document.tags.through
        link.objects.bulk_create([link(document_id=key, tag_id=word.pk) for key in fresh], batch_size=_BATCH)
        return _noted(viewer, "tag", [[word.pk, fresh]])


def untag(viewer: Viewer, keys: list[str], text: str) -> Outcome:
    """Take a tag off them."""
    with transaction.atomic():
        word = Tag.objects.filter(owner=viewer.person, folded=_folded(text)).first()
        if word is None:
            raise NotFound
        tagged = set(word.documents.values_list("pk", flat=True))
        bare = [key for key in checked(viewer, keys) if key in tagged]
        for rows in _batches(Document.objects.all(), bare):
            Document.tags.through.objects.filter(tag=word, document__in=rows.values("pk")).delete()
        return _noted(viewer, "untag", [[word.pk, bare]])


def undo(viewer: Viewer, number: int) -> int:
    """Undo the last deed of this account and give the number of documents; raise NotFound when it is another one."""
    with transaction.atomic():
        deed = Deed.objects.filter(owner=viewer.person, pk=number).first() if viewer.person else None
        if deed is None:
            raise NotFound
        count = sum(_UNDO[deed.verb](viewer, was, keys, *now) for was, keys, *now in deed.before)
        deed.delete()
    tasks.wake(tasks.index_changes)
    return count


def _change(
    viewer: Viewer,
    keys: list[str],
    verb: str,
    field: str,
    value: Any,
    change: Callable[[DocumentQuerySet], object],
    *now: str,
) -> Outcome:
    """Change one field of those that have another value, noting what it was, and what it is ``now``."""
    with transaction.atomic():
        before: dict[Any, list[str]] = {}
        for rows in _batches(Document.objects.of_account(viewer).kept(), checked(viewer, keys)):
            for key, was in rows.values_list("pk", field):
                if was != value:
                    before.setdefault(was, []).append(key)
        changed = [key for some in before.values() for key in some]
        for rows in _batches(Document.objects.all(), changed):
            change(rows)
        outcome = _noted(viewer, verb, [[was, some, *now] for was, some in before.items()])
    tasks.wake(tasks.index_changes)
    return outcome


def _noted(viewer: Viewer, verb: str, before: list[list[Any]]) -> Outcome:
    """Remember how to undo this, and this alone."""
    count = sum(len(some) for _, some, *_ in before)
    if not count:
        return Outcome(0, None)
    Deed.objects.filter(owner=viewer.person).delete()
    return Outcome(count, Deed.objects.create(owner_id=_account(viewer), verb=verb, before=before).pk)


def _batches(documents: DocumentQuerySet, keys: list[str]) -> Iterator[DocumentQuerySet]:
    for start in range(0, len(keys), _BATCH):
        yield documents.filter(pk__in=keys[start : start + _BATCH])


def _own(viewer: Viewer, keys: list[str]) -> Iterator[DocumentQuerySet]:
    return _batches(Document.objects.of_account(viewer), keys)


def _private_again(viewer: Viewer, was: Any, keys: list[str], now: str = "") -> int:
    """Only where nothing else was said since: what was made private later is not opened again."""
    return sum(rows.filter(privacy=now).revised(privacy=was) for rows in _own(viewer, keys))


def _moved_back(viewer: Viewer, was: Any, keys: list[str]) -> int:
    folder = Folder.objects.filter(owner=viewer.person, pk=was).first()  # it may have been given up meanwhile
    return sum(rows.update(folder=folder) for rows in _own(viewer, keys))


def _restored(viewer: Viewer, _was: Any, keys: list[str]) -> int:
    return sum(rows.update(trashed_at=None) for rows in _own(viewer, keys))


def _untagged(viewer: Viewer, was: Any, keys: list[str]) -> int:
    link = Document.tags.through
    for rows in _own(viewer, keys):
        link.objects.filter(tag_id=was, document_id__in=rows.values("pk")).delete()
    return len(keys)


def _tagged(viewer: Viewer, was: Any, keys: list[str]) -> int:
    link = Document.tags.through
    own = [key for rows in _own(viewer, keys) for key in rows.values_list("pk", flat=True)]
    if Tag.objects.filter(owner=viewer.person, pk=was).exists():
        rows = [link(document_id=key, tag_id=was) for key in own]
        link.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    return len(own)


_UNDO: dict[str, Callable[..., int]] = {
    "privacy": _private_again,
    "move": _moved_back,
    "trash": _restored,
    "tag": _untagged,
    "untag": _tagged,
}


def _account(viewer: Viewer) -> int:
    if viewer.person is None:
        raise NotFound
    return viewer.person


def _tag(viewer: Viewer, text: str) -> Tag:
    """The tag of this account with that word, made when there is none."""
    known = Tag.objects.filter(owner=viewer.person, folded=_folded(text)).first()
    if known:
        return known
    if Tag.objects.filter(owner=viewer.person).count() >= MOST_TAGS:
        raise NoRoomForMore(most=MOST_TAGS)
    return Tag.objects.create(owner_id=_account(viewer), folded=_folded(text), text=_word(text))


def _folded(text: str) -> str:
    return fold(_word(text))[:TAG_LENGTH]


def _word(text: str) -> str:
    return short_name(text, TAG_LENGTH, "tag")
