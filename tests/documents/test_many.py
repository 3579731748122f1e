import pytest

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import folders, many, trash
from pliego.documents.filing import Deed, Tag
from pliego.documents.models import Document, Privacy
from pliego.errors import BadRequest, NoRoomForMore, NotFound
from tests.people import account, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def clara() -> Viewer:
    return Viewer(person=account().pk)


@pytest.fixture
def keys() -> list[str]:
    return [share(f"doc{number}", read=False, owner=account()).document.pk for number in range(3)]


def values(field: str) -> set[object]:
    return set(Document.objects.values_list(field, flat=True))


def test_privacy_is_changed_and_put_back_as_it_was(clara: Viewer, keys: list[str]) -> None:
    Document.objects.filter(pk=keys[0]).update(privacy=Privacy.UNLISTED)
    before = dict(Document.objects.values_list("pk", "revision"))
    outcome = many.set_privacy(clara, keys, Privacy.PRIVATE)
    assert outcome.count == 3
    assert values("privacy") == {"private"}
    assert all(document.revision > before[document.pk] for document in Document.objects.all())
    assert many.undo(clara, outcome.deed or 0) == 3
    assert dict(Document.objects.values_list("pk", "privacy"))[keys[0]] == "unlisted"
    assert values("privacy") == {"public", "unlisted"}


def test_moving_is_undone(clara: Viewer, keys: list[str]) -> None:
    folder = folders.create(clara, "a", None)
    outcome = many.move(clara, keys, folder)
    assert values("folder") == {folder.pk}
    many.undo(clara, outcome.deed or 0)
    assert values("folder") == {None}


def test_a_tag_is_put_on_and_taken_off_without_regard_to_accents(clara: Viewer, keys: list[str]) -> None:
    many.tag(clara, keys[:1], "Química")
    outcome = many.tag(clara, keys, "quimica")
    assert outcome.count == 2
    assert Tag.objects.get().text == "Química"
    many.undo(clara, outcome.deed or 0)
    assert list(Tag.objects.get().documents.values_list("pk", flat=True)) == keys[:1]
    outcome = many.untag(clara, keys, "QUÍMICA")
    assert not Tag.objects.get().documents.exists()
    many.undo(clara, outcome.deed or 0)
    assert list(Tag.objects.get().documents.values_list("pk", flat=True)) == keys[:1]


def test_other_tags_and_those_of_others_stay(clara: Viewer, keys: list[str]) -> None:
    otra = Viewer(person=account("otra").pk)
    theirs = share("ajena", read=False, owner=account("otra")).document.pk
    many.tag(otra, [theirs], "química")
    many.tag(clara, keys, "física")
    many.tag(clara, keys, "química")
    assert many.untag(clara, keys, "química").count == 3
    left = Document.tags.through.objects.values_list("tag__owner", "tag__text", "document")
    assert set(left) == {(otra.person, "química", theirs), *((clara.person, "física", key) for key in keys)}


def test_the_trash_gives_back(clara: Viewer, keys: list[str]) -> None:
    outcome = many.trash(clara, keys)
    assert not Document.objects.kept().exists()
    many.undo(clara, outcome.deed or 0)
    assert Document.objects.kept().count() == 3


def test_what_is_like_that_already_is_no_deed(clara: Viewer, keys: list[str]) -> None:
    assert many.set_privacy(clara, keys, Privacy.PUBLIC) == many.Outcome(0, None)
    assert not Deed.objects.exists()


def test_one_document_of_another_in_the_list_and_none_is_touched(clara: Viewer, keys: list[str]) -> None:
    other = share("ajena", read=False, owner=account("otra")).document
    linked = share("con enlace", read=False).document
    thrown = share("tirada", read=False, owner=account()).document
    trash.put(thrown)
    for forged in (other.pk, linked.pk, thrown.pk, "x" * 16, "\0", ""):
        some = [*keys, forged]
        with pytest.raises(NotFound):
            many.set_privacy(clara, some, Privacy.PRIVATE)
        with pytest.raises(NotFound):
            many.move(clara, some, None)
        with pytest.raises(NotFound):
            many.trash(clara, some)
        with pytest.raises(NotFound):
            many.tag(clara, some, "t")
    assert values("privacy") == {"public"}
    assert list(Document.objects.exclude(trashed_at=None)) == [thrown]
    assert not Document.tags.through.objects.exists()


def test_nobody_undoes_for_another(clara: Viewer, keys: list[str]) -> None:
    deed = many.trash(clara, keys).deed or 0
    for viewer in (Viewer(person=account("otra").pk), ANONYMOUS):
        with pytest.raises(NotFound):
            many.undo(viewer, deed)
    assert not Document.objects.kept().exists()


def test_only_the_last_deed_is_undone_and_once(clara: Viewer, keys: list[str]) -> None:
    first = many.set_privacy(clara, keys, Privacy.PRIVATE).deed or 0
    second = many.trash(clara, keys).deed or 0
    with pytest.raises(NotFound):
        many.undo(clara, first)
    many.undo(clara, second)
    with pytest.raises(NotFound):
        many.undo(clara, second)


def test_a_thousand_tags_find_room_and_no_more(clara: Viewer, keys: list[str]) -> None:
    Tag.objects.create(owner=account("otra"), text="ajena", folded="ajena")
    rows = (Tag(owner=account(), text=str(number), folded=str(number)) for number in range(1, many.MOST_TAGS))
    Tag.objects.bulk_create(rows)
    assert many.tag(clara, keys, "the last").count == 3
    with pytest.raises(NoRoomForMore):
        many.tag(clara, keys, "one more")
    assert many.tag(clara, keys, "7").count == 3


@pytest.mark.parametrize("text", ["", " ", "\0"])
def test_a_tag_has_letters(clara: Viewer, keys: list[str], text: str) -> None:
    with pytest.raises(BadRequest):
        many.tag(clara, keys, text)


def test_ten_thousand_at_once(clara: Viewer) -> None:
    file = share("uno", read=False, owner=account()).document.file
    Document.objects.bulk_create(Document(file=file, owner=account(), original_name="x.pdf") for _ in range(9_999))
    keys = list(Document.objects.values_list("pk", flat=True))
    outcome = many.trash(clara, keys)
    assert outcome.count == 10_000
    assert many.undo(clara, outcome.deed or 0) == 10_000
    assert trash.content(clara).count() == 0


def test_undoing_does_not_open_again_what_was_made_private_since(clara: Viewer, keys: list[str]) -> None:
    outcome = many.set_privacy(clara, keys, Privacy.UNLISTED)
    Document.objects.filter(pk=keys[0]).update(privacy=Privacy.PRIVATE)  # on its own page
    Document.objects.filter(pk=keys[1]).update(owner=account("otra"))
    assert many.undo(clara, outcome.deed or 0) == 1
    assert Document.objects.get(pk=keys[0]).privacy == "private"
