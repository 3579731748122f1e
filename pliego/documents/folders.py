"""Folders of an account: made, named, moved and given up."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from pliego.accounts.viewer import Viewer
from pliego.documents.filing import NAME_LENGTH, Folder
from pliego.documents.names import short_name
from pliego.errors import FolderInItself, NoRoomForMore, NotFound

MOST = 1000
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Branch:
    """A folder in the tree, with how deep it lies, from 0, and how many documents lie directly in it."""

    folder: Folder
    depth: int
    count: int


def tree(viewer: Viewer) -> list[Branch]:
    """All folders of an account, each followed by those within it, by name; one query."""
    inside = Count("documents", filter=Q(documents__trashed_at=None))
    children: dict[int | None, list[tuple[Folder, int]]] = {}
    for folder in _of(viewer).annotate(inside=inside).order_by("name", "pk"):
        children.setdefault(folder.parent_id, []).append((folder, folder.inside))
    return list(_branches(children, None, 0))


def _branches(children: dict[int | None, list[tuple[Folder, int]]], parent: int | None, depth: int) -> Iterator[Branch]:
    for folder, count in children.get(parent, []):
        yield Branch(folder, depth, count)
        yield from _branches(children, folder.pk, depth + 1)


def find(viewer: Viewer, key: str) -> Folder | None:
    """The folder of this account with that number, None for "" and "0"; raise NotFound for any other."""
    if key in {"", "0"}:
        return None
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise NotFound
    folder = _of(viewer).filter(pk=int(key)).first()
    if folder is None:
        raise NotFound
    return folder


def create(viewer: Viewer, name: str, parent: Folder | None) -> Folder:
    """Make a folder within another, or at the top; raise NoRoomForMore or BadRequest."""
    with transaction.atomic():
        if viewer.person is None or _of(viewer).count() >= MOST or _depth(viewer, parent) >= DEEPEST:
            raise NoRoomForMore(most=MOST)
        return Folder.objects.create(owner_id=viewer.person, parent=parent, name=_name(name))


def rename(viewer: Viewer, folder: Folder, name: str) -> None:
    """Give a folder another name."""
    _of(viewer).filter(pk=folder.pk).update(name=_name(name))


def move(viewer: Viewer, folder: Folder, parent: Folder | None) -> None:
    """Put a folder into another; raise FolderInItself when it would lie within itself, else NoRoomForMore levels.

    All is looked at inside the write transaction, so that two moves at once cannot make a ring.
    """
    with transaction.atomic():
        above = _above(viewer, parent)
        if folder.pk in above:
            raise FolderInItself
        if len(above) + _height(viewer, folder) > DEEPEST:
            raise NoRoomForMore(most=DEEPEST)
        _of(viewer).filter(pk=folder.pk).update(parent=parent)


def remove(viewer: Viewer, folder: Folder) -> None:
    """Give up a folder; what lies in it moves one level up."""
    with transaction.atomic():
        now = _of(viewer).filter(pk=folder.pk).first()
        if now is None:
            raise NotFound
        now.documents.update(folder=now.parent)
        now.children.update(parent=now.parent)
        now.delete()


def _of(viewer: Viewer) -> QuerySet[Folder]:
    return Folder.objects.filter(owner=viewer.person) if viewer.person else Folder.objects.none()


def _parents(viewer: Viewer) -> dict[int, int | None]:
    return dict(_of(viewer).values_list("pk", "parent"))


def _above(viewer: Viewer, folder: Folder | None) -> list[int]:
    """A folder and all that it lies in."""
    parents, found = _parents(viewer), []
    at = folder.pk if folder else None
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def _depth(viewer: Viewer, folder: Folder | None) -> int:
    return len(_above(viewer, folder))


def _height(viewer: Viewer, folder: Folder) -> int:
    """How many levels a folder has, itself included."""
    parents = _parents(viewer)
    level, height = {folder.pk}, 0
    while level and height <= DEEPEST:
        height += 1
        level = {each for each, parent in parents.items() if parent in level}
    return height


def _name(text: str) -> str:
    return short_name(text, NAME_LENGTH, "name")
