import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import folders
from pliego.documents.filing import Folder
from pliego.documents.models import Document
from pliego.errors import BadRequest, FolderInItself, NoRoomForMore, NotFound
from tests.people import account, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def clara() -> Viewer:
    return Viewer(person=account().pk)


def names(viewer: Viewer) -> list[tuple[str, int]]:
    return [(branch.folder.name, branch.depth) for branch in folders.tree(viewer)]


def test_the_tree_is_read_with_one_query(clara: Viewer, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    work = folders.create(clara, " Trabajo ", None)
    folders.create(clara, "Actas", work)
    home = folders.create(clara, "Casa", None)
    folders.rename(clara, home, "Hogar")
    folders.create(Viewer(person=account("otra").pk), "Ajena", None)
    with django_assert_num_queries(1):
        assert names(clara) == [("Hogar", 0), ("Trabajo", 0), ("Actas", 1)]
    for folder in (home, work):
        assert folders.find(clara, str(folder.pk)) == folder


def test_a_folder_cannot_lie_within_itself(clara: Viewer) -> None:
    above = folders.create(clara, "a", None)
    below = folders.create(clara, "b", folders.create(clara, "m", above))
    for parent in (above, below):
        with pytest.raises(FolderInItself):
            folders.move(clara, above, parent)
    folders.move(clara, below, None)
    assert names(clara) == [("a", 0), ("m", 1), ("b", 0)]


@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 5)), max_size=20))
@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_moved_no_folder_is_lost(clara: Viewer, moves: list[tuple[int, int]]) -> None:
    Folder.objects.all().delete()
    made = [folders.create(clara, str(number), None) for number in range(6)]
    for moved, parent in moves:
        try:
            folders.move(clara, made[moved], made[parent] if parent >= 0 else None)
        except FolderInItself:
            continue
    assert sorted(name for name, _ in names(clara)) == list("012345")


def test_levels_have_an_end(clara: Viewer) -> None:
    deep = None
    for level in range(folders.DEEPEST):
        deep = folders.create(clara, str(level), deep)
    with pytest.raises(NoRoomForMore):
        folders.create(clara, "one more", deep)
    high = folders.create(clara, "high", None)
    folders.create(clara, "low", high)
    assert deep
    for parent in (deep, deep.parent):
        with pytest.raises(NoRoomForMore):
            folders.move(clara, high, parent)
    folders.move(clara, high, deep.parent and deep.parent.parent)


def test_an_account_has_a_thousand_folders(clara: Viewer) -> None:
    Folder.objects.bulk_create(Folder(owner=account(), name=str(number)) for number in range(1, folders.MOST))
    folders.create(clara, "the last", None)
    with pytest.raises(NoRoomForMore):
        folders.create(clara, "one more", None)


def test_what_lies_in_a_folder_that_is_given_up_moves_up(clara: Viewer) -> None:
    above = folders.create(clara, "a", None)
    middle = folders.create(clara, "m", above)
    folders.create(clara, "b", middle)
    document = share("doc", read=False, owner=account()).document
    share("tirada", read=False, owner=account())
    Document.objects.update(folder=middle)
    Document.objects.exclude(pk=document.pk).update(trashed_at=timezone.now())
    assert [branch.count for branch in folders.tree(clara)] == [0, 1, 0]
    folders.remove(clara, middle)
    with pytest.raises(NotFound):
        folders.remove(clara, middle)
    assert names(clara) == [("a", 0), ("b", 1)]
    document.refresh_from_db()
    assert document.folder == above


@pytest.mark.parametrize("key", ["999", "x", "-1", "٣", "1" * 30])
def test_a_folder_that_is_not_ours_is_not_found(clara: Viewer, key: str) -> None:
    with pytest.raises(NotFound):
        folders.find(clara, key)


def test_nobody_reaches_the_folder_of_another(clara: Viewer) -> None:
    other = folders.create(Viewer(person=account("otra").pk), "ajena", None)
    with pytest.raises(NotFound):
        folders.find(clara, str(other.pk))
    folders.rename(clara, other, "mía")
    other.refresh_from_db()
    assert other.name == "ajena"
    with pytest.raises(NoRoomForMore):
        folders.create(ANONYMOUS, "nada", None)


@pytest.mark.parametrize("name", ["", "  ", "\0"])
def test_a_folder_has_a_name(clara: Viewer, name: str) -> None:
    with pytest.raises(BadRequest):
        folders.create(clara, name, None)
