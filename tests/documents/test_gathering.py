"""Collections: what may be put together, who sees which part of it, and the order."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import gathering
from pliego.documents.gathered import Collection, Gathered
from pliego.documents.gathering import Details
from pliego.documents.models import Document, Privacy
from pliego.errors import BadRequest, NotFound
from tests.people import Shared, account, share

pytestmark = pytest.mark.django_db


def put(*documents: Shared, privacy: Privacy = Privacy.PUBLIC, viewer: Viewer = ANONYMOUS) -> Collection:
    named = " ".join(f"/m/{each.token}/" if each.token else each.document.pk for each in documents)
    return gathering.make(viewer, "Varios", privacy, named)[0]


def names(viewer: Viewer, collection: Collection) -> list[str]:
    return [document.original_name for document in gathering.documents_in(viewer, collection)]


def keeper(collection: Collection) -> Viewer:
    return Viewer(owned=frozenset({collection.pk}))


def test_documents_keep_the_order_in_which_they_are_named() -> None:
    one, two, three = (share(name, read=False) for name in ("uno", "dos", "tres"))
    text = f"http://x{three.document.get_absolute_url()}\n/m/{one.token}/, {two.document.pk} {three.document.pk}"
    collection, token = gathering.make(ANONYMOUS, "Varios", Privacy.PUBLIC, text)
    assert names(ANONYMOUS, collection) == ["uno.pdf", "dos.pdf", "tres.pdf"]
    assert gathering.managed_by(token) == collection
    assert gathering.holder(collection.pk, token) == {collection.pk}
    assert not gathering.holder(put(one).pk, token)


def test_a_document_of_another_that_is_not_public_cannot_be_gathered() -> None:
    unlisted, private = share("oculta", "unlisted", read=False), share("secreta", "private", read=False)
    for shared in (unlisted, private):
        with pytest.raises(BadRequest):
            gathering.make(ANONYMOUS, "x", Privacy.UNLISTED, shared.document.pk)
    assert names(ANONYMOUS, put(unlisted, private, privacy=Privacy.UNLISTED)) == ["oculta.pdf"]


@pytest.mark.parametrize("named", ["", "x", "1111111111111111", "/m/aaaaaaaaaaaaaaaaaaaaaa/", "\0" * 50])
def test_what_names_nothing(named: str) -> None:
    with pytest.raises(BadRequest):
        gathering.make(ANONYMOUS, "x", Privacy.PUBLIC, named)


@pytest.mark.parametrize(
    ("privacy", "anybody", "kept"),
    [("public", ["p.pdf"], ["p.pdf", "u.pdf"]), ("unlisted", ["p.pdf", "u.pdf"], ["p.pdf", "u.pdf"])],
)
def test_a_public_collection_lists_nothing_unlisted(privacy: str, anybody: list[str], kept: list[str]) -> None:
    documents = [share(name, way, read=False) for name, way in (("p", "public"), ("u", "unlisted"), ("s", "private"))]
    collection = put(*documents, privacy=Privacy(privacy))
    assert names(ANONYMOUS, collection) == anybody
    assert names(keeper(collection), collection) == kept


def test_an_account_sees_its_own_private_documents() -> None:
    owner = account()
    viewer = Viewer(person=owner.pk)
    private = share("mía", "private", owner=owner, read=False)
    collection = put(private, privacy=Privacy.PRIVATE, viewer=viewer)
    assert names(viewer, collection) == ["mía.pdf"]
    assert gathering.collection_for(viewer, collection.pk) == collection
    for other in (ANONYMOUS, Viewer(person=account("otra").pk)):
        with pytest.raises(NotFound):
            gathering.collection_for(other, collection.pk)


def test_a_document_of_two_collections_stands_once_in_each() -> None:
    one, two = share("uno", read=False), share("dos", read=False)
    first, second = put(one, two), put(two, one)
    assert names(ANONYMOUS, first) == ["uno.pdf", "dos.pdf"]
    assert names(ANONYMOUS, second) == ["dos.pdf", "uno.pdf"]


def test_adding_moving_sorting_removing() -> None:
    b, a, c = (share(name, read=False) for name in ("b", "a", "c"))
    collection = put(b, a)
    assert gathering.add(ANONYMOUS, collection, f"{c.document.pk} {a.document.pk} nada") == 1
    assert names(ANONYMOUS, collection) == ["b.pdf", "a.pdf", "c.pdf"]
    gathering.move(collection, c.document.pk, up=True)
    assert names(ANONYMOUS, collection) == ["b.pdf", "c.pdf", "a.pdf"]
    gathering.move(collection, b.document.pk, up=True)
    gathering.move(collection, "1111111111111111", up=True)
    gathering.sort_by_title(collection)
    assert names(ANONYMOUS, collection) == ["a.pdf", "b.pdf", "c.pdf"]
    gathering.remove(collection, b.document.pk)
    assert names(ANONYMOUS, collection) == ["a.pdf", "c.pdf"]


@pytest.mark.parametrize(
    "change",
    [
        lambda collection, key: gathering.add(ANONYMOUS, collection, share("tres", read=False).document.pk),
        lambda collection, key: gathering.move(collection, key, up=False),
        lambda collection, key: gathering.arrange(collection, [key]),
        lambda collection, key: gathering.sort_by_title(collection),
        gathering.remove,
        lambda collection, key: gathering.amend(
            collection, Details("Otro", "", Privacy.PUBLIC), Details("Varios", "", Privacy.PUBLIC)
        ),
    ],
    ids=["add", "move", "arrange", "sort", "remove", "amend"],
)
def test_each_change_makes_another_page_of_it(change: Callable[[Collection, str], object]) -> None:
    first = share("uno", read=False)
    collection = put(first, share("dos", read=False))
    change(collection, first.document.pk)
    assert Collection.objects.get().revision == collection.revision + 1
    assert Collection.objects.get().changed_at > collection.changed_at


def test_a_collection_that_was_deleted_meanwhile_is_not_changed() -> None:
    collection = put(share("uno", read=False))
    gathering.dissolve(collection)
    with pytest.raises(NotFound):
        gathering.amend(collection, Details("x", "", Privacy.PUBLIC), Details("y", "", Privacy.PUBLIC))


def test_it_is_put_in_a_given_order_and_what_is_not_named_keeps_its_place() -> None:
    documents = [share(name, read=False) for name in "abcd"]
    collection = put(*documents)
    a, b, _, d = (each.document.pk for each in documents)
    gathering.arrange(collection, [d, "1111111111111111", a, d, b])
    assert names(ANONYMOUS, collection) == ["d.pdf", "a.pdf", "c.pdf", "b.pdf"]
    gathering.arrange(collection, [])
    assert names(ANONYMOUS, collection) == ["d.pdf", "a.pdf", "c.pdf", "b.pdf"]


def test_it_goes_into_an_account_once() -> None:
    shared = share("p", read=False)
    collection, token = gathering.make(ANONYMOUS, "Varios", Privacy.PUBLIC, shared.document.pk)
    gathering.claim(collection, account().pk)
    collection.refresh_from_db()
    assert (collection.owner, gathering.managed_by(token)) == (account(), None)
    gathering.claim(collection, account("otra").pk)
    assert Collection.objects.get().owner == account()
    gone = put(shared)
    gathering.dissolve(gone)
    with pytest.raises(NotFound):
        gathering.claim(gone, account().pk)


def test_a_collection_holds_no_more_than_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST", 2)
    documents = [share(str(number), read=False) for number in range(4)]
    collection = put(*documents)
    assert gathering.add(ANONYMOUS, collection, documents[3].document.pk) == 0
    assert Gathered.objects.count() == 2


def test_what_is_in_the_trash_or_gone_is_in_no_collection() -> None:
    one, two = share("uno", read=False), share("dos", read=False)
    collection = put(one, two)
    Document.objects.filter(pk=one.document.pk).update(trashed_at=collection.created_at)
    assert names(keeper(collection), collection) == ["dos.pdf"]
    for named in (one.document.pk, f"/m/{one.token}/"):
        with pytest.raises(BadRequest):
            gathering.make(ANONYMOUS, "x", Privacy.PUBLIC, named)
    gathering.dissolve(collection)
    assert Document.objects.count() == 2


def test_the_list_shows_public_collections_that_hold_something(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    public, hidden = share("p", read=False), share("u", "unlisted", read=False)
    full = [put(hidden, public) for _ in range(3)]
    put(hidden), put(public, privacy=Privacy.UNLISTED), put(public, privacy=Privacy.PRIVATE)
    with django_assert_num_queries(3):
        found, following = gathering.listing("")
    assert [each.collection.pk for each in found] == [each.pk for each in reversed(full)]
    assert {(each.count, each.cover) for each in found} == {(1, public.document)}
    assert following == ""


def test_the_list_has_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "PAGE_SIZE", 2)
    shared, seen, cursor = share("p", read=False), list[str](), ""
    made = [put(shared).pk for _ in range(5)]
    for _ in range(3):
        found, cursor = gathering.listing(cursor)
        seen += [each.collection.pk for each in found]
    assert (seen, cursor) == (made[::-1], "")


def test_totals() -> None:
    documents = [share(str(number), read=False) for number in range(3)]
    collection = put(*documents)
    size = sum(each.document.file.size for each in documents)
    assert gathering.totals(gathering.documents_in(ANONYMOUS, collection)) == (3, size)
    assert gathering.totals(gathering.documents_in(ANONYMOUS, collection).none()) == (0, 0)
