"""Reading text to take along."""

import zipfile

import pytest

from pliego.documents import export
from pliego.documents.models import State
from pliego.errors import NotFound, ReaderBusy
from tests import samples
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]
ADDRESS = "https://pdf.example.org/d/x/y/"


def test_the_text_begins_with_title_and_author() -> None:
    text = "".join(export.text(share("llano").document))
    assert text.startswith("Título llano\nAutora llano\n\n")
    assert "La palabra llano no está en ningún otro lugar." in text


def test_the_text_comes_in_pieces() -> None:
    assert len(list(export.text(share("libro", pdf=samples.book(5)).document))) >= 5


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


@pytest.mark.parametrize(
    ("state", "error"), [(State.PENDING, ReaderBusy), (State.FAILED, NotFound), (State.LOCKED, NotFound)]
)
def test_without_text_there_is_nothing_to_take(state: str, error: type[Exception]) -> None:
    document = share("nada", read=False).document
    document.file.text_state = state
    with pytest.raises(error):
        export.check_readable(document)
