from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from pliego.documents import library, processing, removal, safekeeping, versions
from pliego.documents.engines import blobs, pictures
from pliego.documents.intake import Arrival, Receiver, receive_path
from pliego.documents.models import Document, File, State
from pliego.documents.safekeeping import FileDamaged
from pliego.documents.versions import Replacement
from pliego.storage.local import Condition
from tests import samples
from tests.damage import flip
from tests.people import leaflet, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def lost() -> dict[str, bool]:
    """The checksums that verify tells of, and whether each is damaged or missing."""
    return {loss.sha256: loss.condition is Condition.DAMAGED for loss in safekeeping.verify()}


def path_of(document: Document) -> Path:
    return blobs().path(document.file_id)


@pytest.fixture
def document() -> Iterator[Document]:
    document = share("guardado").document
    yield document
    removal.remove(document)


@pytest.mark.parametrize("at", [0, 1, 200, 1000, -1])
def test_a_flipped_byte_is_found_wherever_it_is(document: Document, at: int) -> None:
    others = [share(f"entero {number}", read=False).document for number in range(3)]
    assert lost() == {}
    flip(path_of(document), at)
    assert lost() == {document.file_id: True}
    assert all(blobs().head(other.file_id) for other in others)


def test_a_missing_file_is_told_apart_from_a_damaged_one(document: Document) -> None:
    other = share("perdido", read=False).document
    flip(path_of(document))
    path_of(other).unlink()
    for _ in range(2):  # what was set aside is still damaged
        assert lost() == {document.file_id: True, other.file_id: False}


def test_nobody_is_given_what_is_damaged(document: Document) -> None:
    flip(path_of(document))
    assert safekeeping.held(document.file)  # nobody knows it yet
    assert lost()
    assert not safekeeping.held(document.file)
    with pytest.raises(FileDamaged):
        safekeeping.original(document.file)


def test_it_tells_of_every_document_and_version_that_has_the_bytes(document: Document) -> None:
    for each in (share("ajena", read=False).document, document):
        receiver = Receiver()
        receiver.write(leaflet(f"siguiente {each.pk}"))
        versions.replace(receiver, Replacement(each, "siguiente.pdf"))
    again = share("otra vez", pdf=leaflet("guardado"), read=False).document
    flip(path_of(again))
    (loss,) = safekeeping.verify()
    assert [(each.pk, each.version, each.pinned) for each in loss.documents] == [
        (again.pk, 1, False),
        (document.pk, 1, True),
    ]


def test_the_same_bytes_again_bring_a_lost_file_back(document: Document) -> None:
    flip(path_of(document))
    assert lost()
    share("de nuevo", pdf=leaflet("guardado"), read=False)
    assert path_of(document).read_bytes() == leaflet("guardado")
    assert lost() == {}
    now = Document.objects.get(pk=document.pk)
    assert now.revision > document.revision


def test_the_same_bytes_again_heal_damage_that_nobody_knew_of(document: Document, tmp_path: Path) -> None:
    flip(path_of(document))
    again = blobs().incoming / "trozo"
    again.write_bytes(leaflet("guardado"))
    receive_path(again, Arrival("x.pdf"))
    again.unlink()
    assert path_of(document).read_bytes() == leaflet("guardado")


def test_what_was_read_from_damaged_bytes_is_read_anew(document: Document) -> None:
    File.objects.filter(pk=document.file_id).update(facts_state=State.FAILED, problem="unreadable-pdf")
    pictures().put(document.file_id, "1-1-800", b"")  # cannot be drawn
    path_of(document).unlink()
    whole = share("entero").document.file
    share("de nuevo", pdf=leaflet("guardado"))
    assert File.objects.get(pk=whole.pk).finished
    file = File.objects.get(pk=document.file_id)
    assert (file.facts_state, file.text_state, file.problem) == (State.DONE, State.DONE, "")
    assert pictures().get(document.file_id, "1-1-800") != b""


def test_who_has_given_a_password_is_not_asked_again() -> None:
    pdf = samples.encrypted("abre")
    document = share("secreto", pdf=pdf).document
    library.unlock(document, "abre")
    processing.process(document.file_id)
    path_of(document).unlink()
    share("de nuevo", pdf=pdf)
    file = File.objects.get(pk=document.file_id)
    assert (file.facts_state, file.has_reading_copy) == (State.DONE, True)


def test_deleting_deletes_what_was_set_aside(document: Document) -> None:
    flip(path_of(document))
    assert lost()
    removal.remove(document)
    assert not [path for path in blobs().root.rglob(document.file_id) if path.is_file()]


def test_leftovers_are_counted(document: Document) -> None:
    before = safekeeping.leftovers()
    with blobs().receive() as incoming:
        incoming.write(samples.leaflet("sin dueño"))
        key = incoming.commit().key
    assert safekeeping.leftovers() == before + 1
    assert lost() == {}
    blobs().delete(key)


def test_its_progress_adds_up(document: Document) -> None:
    read: list[int] = []
    assert list(safekeeping.verify(read.append)) == []
    assert sum(read) == safekeeping.extent()[1]


DAYS = 20


@pytest.fixture
def days(settings: Settings) -> None:
    settings.VERIFY_DAYS = DAYS


def compared(document: Document, days_ago: float) -> Document:
    """The document, with a file that was compared so long ago, and was damaged since."""
    flip(path_of(document))
    File.objects.filter(pk=document.file_id).update(compared_at=timezone.now() - timedelta(days=days_ago))
    return document


@pytest.mark.usefixtures("days")
def test_damage_is_found_without_being_asked(document: Document, caplog: pytest.LogCaptureFixture) -> None:
    compared(document, DAYS - 1)
    safekeeping.verify_some()
    assert not safekeeping.held(document.file)
    assert caplog.messages == [f"document {document.pk}: its file is damaged ({document.file_id})"]
    safekeeping.verify_some()  # it has had its turn
    assert len(caplog.messages) == 1


@pytest.mark.usefixtures("days")
@pytest.mark.parametrize(("days_ago", "found"), [(DAYS * 0.8, False), (DAYS * 0.95, True), (-1, True)])
def test_a_file_has_its_turn_before_its_days_are_over(document: Document, days_ago: float, found: bool) -> None:
    compared(document, days_ago)
    safekeeping.verify_some()
    assert (safekeeping.held(document.file) is None) == found


@pytest.mark.usefixtures("days")
def test_a_little_is_compared_at_a_time_what_has_waited_longest_first(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = compared(share("más tiempo", read=False).document, DAYS + 2)
    compared(document, DAYS)
    monkeypatch.setattr(safekeeping, "SLICE", 1)
    safekeeping.verify_some()
    assert [safekeeping.held(each.file) is None for each in (longer, document)] == [True, False]
    safekeeping.verify_some()
    assert not safekeeping.held(document.file)


@pytest.mark.usefixtures("days")
def test_more_is_compared_at_a_time_of_an_archive_that_would_not_be_through(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared(document, DAYS)
    compared(other := share("otro", read=False).document, DAYS)
    monkeypatch.setattr(safekeeping, "SLICE", 1)
    monkeypatch.setattr(safekeeping, "MINUTE", timedelta(days=DAYS))
    safekeeping.verify_some()
    assert not safekeeping.held(document.file)
    assert not safekeeping.held(other.file)


def test_an_operator_can_leave_it_to_the_command(document: Document, settings: Settings) -> None:
    settings.VERIFY_DAYS = 0
    compared(document, 1000)
    safekeeping.verify_some()
    assert safekeeping.held(document.file)
