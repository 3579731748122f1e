"""Collections: made of documents that somebody names, shown as far as who looks may see each of them.

A public collection shows public documents alone, so that nothing unlisted gets into a list by way of it; an unlisted
one shows what its visitors could open by its address. Whoever keeps a collection sees the same as they would elsewhere.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from pliego.accounts.manage_links import new_token, token_hash
from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents.amending import Amended, amended
from pliego.documents.catalog import PAGE_SIZE, beyond, cursor_of
from pliego.documents.gathered import Collection, CollectionQuerySet, Gathered
from pliego.documents.identifiers import PATTERN
from pliego.documents.models import Document, DocumentQuerySet, Privacy
from pliego.documents.names import one_line, some_lines
from pliego.errors import BadRequest, NotFound

MOST = 500
"""Documents in one collection."""
_NAMED = re.compile(rf"/m/(?P<token>[\w-]{{22}})|\b(?P<identifier>{PATTERN})\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Details:
    """What its keeper says of a collection."""

    title: str
    description: str
    privacy: Privacy


@dataclass(frozen=True, slots=True)
class Counted:
    """A collection in a list: how many documents are seen in it, and the first of them."""

    collection: Collection
    count: int
    cover: Document | None


def make(viewer: Viewer, title: str, privacy: Privacy, named: str) -> tuple[Collection, str]:
    """Put the documents that a text names together; give the secret of the manage link, "" when an account keeps it.

    Raise BadRequest when none of them may be put there.
    """
    documents = found(viewer, named)[:MOST]
    if not documents:
        raise BadRequest(what="documents")
    token = "" if viewer.person else new_token()
    with transaction.atomic():
        collection = Collection.objects.create(
            title=one_line(title)[:300],
            privacy=privacy,
            owner_id=viewer.person,
            manage_hash=token_hash(token) if token else "",
        )
        _put(collection, documents, 1)
    return collection, token


def found(viewer: Viewer, named: str) -> list[Document]:
    """The documents that a text names by address, identifier or manage link, as far as this person may gather them.

    Anybody may gather what is public; what is not, its owner alone, who is logged in or names the manage link.
    """
    names = [(match["identifier"] or "", match["token"] or "") for match in _NAMED.finditer(named[:200_000])]
    hashes = {token_hash(token): at for at, (_, token) in enumerate(names) if token}
    places = {identifier: at for at, (identifier, _) in enumerate(names) if identifier}
    mine = Document.objects.kept().filter(manage_hash__in=[*hashes][:MOST]).with_file()
    seen = Document.objects.visible_to(viewer).filter(pk__in=[*places][:MOST]).with_file()
    allowed = {document: hashes[document.manage_hash] for document in mine}
    allowed |= {each: places[each.pk] for each in seen if each.public or viewer.owns(each)}
    return sorted(allowed, key=lambda document: allowed[document])


def collection_for(viewer: Viewer, identifier: str) -> Collection:
    """The collection, or NotFound: unknown and forbidden are the same."""
    collection = Collection.objects.visible_to(viewer).filter(pk=identifier).first()
    if collection is None:
        raise NotFound
    return collection


def kept_collection(viewer: Viewer, identifier: str) -> Collection:
    """The collection if this person may change it, else NotFound."""
    collection = collection_for(viewer, identifier)
    if not viewer.keeps(collection.pk, collection.owner_id):
        raise NotFound
    return collection


def managed_by(token: str) -> Collection | None:
    """The collection whose manage link carries this secret; None for a wrong one."""
    return Collection.objects.filter(manage_hash=token_hash(token)).first()


def holder(identifier: str, token: str) -> frozenset[str]:
    """What this manage secret gives a right to: that collection, or nothing."""
    holds = Collection.objects.filter(pk=identifier, manage_hash=token_hash(token)).exists()
    return frozenset({identifier}) if holds else frozenset()


def documents_in(viewer: Viewer, collection: Collection, after: int = 0) -> DocumentQuerySet:
    """What this person sees of a collection beyond a position, in its order; each with its ``position``."""
    inside = Q(gathered__collection=collection, gathered__position__gt=after)
    seen = Document.objects.visible_to(viewer).filter(inside)
    if collection.public and not viewer.keeps(collection.pk, collection.owner_id):
        seen = seen.filter(privacy=Privacy.PUBLIC)
    return seen.annotate(position=F("gathered__position")).with_file().order_by("position", "pk")


def totals(documents: DocumentQuerySet) -> tuple[int, int]:
    """How many documents there are, and how many bytes in all."""
    found = documents.aggregate(count=Count("pk"), size=Sum("file__size"))
    return found["count"], found["size"] or 0


def listing(cursor: str) -> tuple[list[Counted], str]:
    """A page of the public collections that hold something public, newest first, and the cursor of the next page.

    The cursor is "" at the end; raise BadRequest on a made-up one.
    """
    listed = Document.objects.listed_to(ANONYMOUS)
    found = Collection.objects.listed().filter(beyond(cursor), Exists(_inside(listed))).newest()
    shown = _counted(found, listed, PAGE_SIZE + 1)
    more = len(shown) > PAGE_SIZE
    return shown[:PAGE_SIZE], cursor_of(shown[PAGE_SIZE - 1].collection) if more else ""


def of_account(viewer: Viewer) -> list[Counted]:
    """The collections of the account that is logged in, newest first."""
    return _counted(Collection.objects.of_account(viewer).newest(), Document.objects.visible_to(viewer), MOST)


def _counted(collections: CollectionQuerySet, seen: DocumentQuerySet, most: int) -> list[Counted]:
    """Collections with how many of these documents each holds, and the first of them. Three queries."""
    inside = _inside(seen)
    count = inside.values("collection").annotate(count=Count("pk")).values("count")
    first = inside.order_by("position").values("document_id")[:1]
    counted = collections.annotate(count=Coalesce(Subquery(count), 0), cover=Subquery(first))
    found = {pk: (number, cover) for pk, number, cover in counted.values_list("pk", "count", "cover")[:most]}
    rows = Collection.objects.in_bulk([*found])
    covers = Document.objects.with_file().in_bulk([cover for _, cover in found.values() if cover])
    return [Counted(rows[pk], number, covers.get(cover)) for pk, (number, cover) in found.items() if pk in rows]


def _inside(seen: DocumentQuerySet) -> QuerySet[Gathered]:
    """What is seen of a collection that another query names."""
    return Gathered.objects.filter(seen.named_in("document"), collection=OuterRef("pk"))


def said_of(collection: Collection) -> dict[str, Any]:
    """What its keeper has said of a collection so far, by the fields of `Details`."""
    return {"title": collection.title, "description": collection.description, "privacy": collection.privacy}


def amend(collection: Collection, wanted: Details, shown: Details) -> Amended:
    """Save what was changed on a page that showed ``shown``, and leave the rest as it is by now.

    Where another page has changed the same field to something else meanwhile, nothing is saved: both are given back.
    Raise NotFound when the collection was deleted meanwhile.
    """
    with transaction.atomic():
        found = Collection.objects.select_for_update().filter(pk=collection.pk).first()
        if found is None:
            raise NotFound
        outcome = amended(_tidy(wanted, found), _tidy(shown, found), said_of(found))
        if not outcome.meanwhile:
            Collection.objects.filter(pk=found.pk).changed(**outcome.details)
    return outcome


def _tidy(details: Details, now: Collection) -> dict[str, Any]:
    """The fields as they are kept; a title of nothing that can be seen is none, and changes none."""
    title, description = one_line(details.title), some_lines(details.description)
    return {"title": title or now.title, "description": description, "privacy": details.privacy}


def add(viewer: Viewer, collection: Collection, named: str) -> int:
    """Put the documents that a text names at the end; give how many came. What is there already stays where it is."""
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        there = set(collection.items.values_list("document_id", flat=True))
        fresh = [document for document in found(viewer, named) if document.pk not in there][: MOST - len(there)]
        last = collection.items.aggregate(last=Max("position"))["last"] or 0
        _put(collection, fresh, last + 1)
    _touch(collection)
    return len(fresh)


def remove(collection: Collection, identifier: str) -> None:
    """Take a document out; the document itself stays."""
    collection.items.filter(document_id=identifier).delete()
    _touch(collection)


def move(collection: Collection, identifier: str, *, up: bool) -> None:
    """Let a document change places with its neighbour; nothing happens at the end of the order."""
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        item = collection.items.filter(document_id=identifier).first()
        if item is None:
            return
        beyond = Q(position__lt=item.position) if up else Q(position__gt=item.position)
        other = collection.items.filter(beyond).order_by("-position" if up else "position").first()
        if other:
            item.position, other.position = other.position, item.position
            Gathered.objects.bulk_update([item, other], ["position"])
    _touch(collection)


def arrange(collection: Collection, keys: list[str]) -> None:
    """Put the documents of these identifiers in this order, on the places they have; all others stay where they are."""
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        items = {item.document_id: item for item in collection.items.filter(document__in=keys[:MOST])}
        places = sorted(item.position for item in items.values())
        named = [items[key] for key in dict.fromkeys(keys) if key in items]
        for item, place in zip(named, places, strict=True):
            item.position = place
        Gathered.objects.bulk_update(named, ["position"])
    _touch(collection)


def sort_by_title(collection: Collection) -> None:
    """Put the documents in the order of their titles."""
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        items = list(collection.items.select_related("document__file"))
        items.sort(key=lambda item: item.document.title.casefold())
        for place, item in enumerate(items, 1):
            item.position = place
        Gathered.objects.bulk_update(items, ["position"])
    _touch(collection)


def claim(collection: Collection, person: int) -> None:
    """Give a collection without an account to this one; its manage link stops working. Documents stay whose they are.

    Nothing happens to one that has an account. Raise NotFound when it was deleted meanwhile.
    """
    if collection.owner_id is not None:
        return
    unowned = Collection.objects.filter(pk=collection.pk, owner=None)
    if not unowned.changed(owner=person, manage_hash=""):
        raise NotFound


def dissolve(collection: Collection) -> None:
    """Delete a collection; its documents stay."""
    Collection.objects.filter(pk=collection.pk).delete()


def _put(collection: Collection, documents: list[Document], first: int) -> None:
    places = enumerate(documents, first)
    Gathered.objects.bulk_create(
        [Gathered(collection=collection, document=document, position=at) for at, document in places]
    )


def _touch(collection: Collection) -> None:
    Collection.objects.filter(pk=collection.pk).changed()
