"""Reading text to take along."""

import re
import zipfile

import pytest

from pliego.documents import export
from pliego.documents.models import State
from pliego.documents.reading import Places
from pliego.errors import NotFound, ReaderBusy
from tests import samples
from tests.people import share
from tests.samples.labelled import labelled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]
ADDRESS = "https://pdf.example.org/d/x/y/"


def test_the_text_begins_with_title_and_author() -> None:
    text = export.text(share("llano").document).read_text(encoding="utf-8")
    assert text.startswith("Título llano\nAutora llano\n\n")
    assert "La palabra llano no está en ningún otro lugar." in text


def test_the_text_goes_on_from_page_to_page() -> None:
    text = export.text(share("libro", pdf=samples.book(5)).document).read_text(encoding="utf-8")
    assert text.count("\n\n") >= 5


def test_a_book_is_made_once() -> None:
    document = share("volumen").document
    made = export.book(document, ADDRESS)
    before = made.stat().st_mtime_ns
    assert export.book(document, ADDRESS).stat().st_mtime_ns == before
    with zipfile.ZipFile(made) as archive:
        assert "volumen" in archive.read("EPUB/text-1.xhtml").decode()


def test_a_new_title_makes_a_new_book() -> None:
    document = share("tomo").document
    made = export.book(document, ADDRESS)
    document.own_title = "Otro"
    assert export.book(document, ADDRESS) != made


def test_pages_of_a_book_are_called_as_they_are_printed() -> None:
    document = share("rotulado", pdf=labelled(samples.book(3), (0, "r", "", 1), (2, "D", "", 1))).document
    with zipfile.ZipFile(export.book(document, ADDRESS)) as archive:
        listed = archive.read("EPUB/nav.xhtml").decode().partition("page-list")[2]
    assert re.findall(r">([^<\n]+)</a>", listed) == ["i", "ii", "1"]


def test_one_book_of_a_document_is_kept_however_often_it_is_asked_for_otherwise() -> None:
    document, twin = share("tomos").document, share("tomos").document
    other = export.book(twin, ADDRESS)
    for number in range(5):
        made = export.book(document, f"https://pdf.example.org:{number}/d/x/y/")
    assert set(made.parent.iterdir()) == {made, other}


def test_one_is_made_at_a_time_and_many_more_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    document = share("cola").document
    monkeypatch.setattr(export, "_MAKING", Places(1, waiting=0))
    with export._MAKING, pytest.raises(ReaderBusy):
        export.book(document, ADDRESS)
    made = export.book(document, ADDRESS)
    with export._MAKING:
        assert export.book(document, ADDRESS) == made  # what is made is given out


@pytest.mark.parametrize(
    ("state", "error"), [(State.PENDING, ReaderBusy), (State.FAILED, NotFound), (State.LOCKED, NotFound)]
)
def test_without_text_there_is_nothing_to_take(state: str, error: type[Exception]) -> None:
    document = share("nada", read=False).document
    document.file.text_state = state
    with pytest.raises(error):
        export.check_readable(document)
