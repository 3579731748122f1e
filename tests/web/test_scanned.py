"""What is said of scans."""

import pytest
from django.utils import translation

from pliego.documents.models import Document, File, State
from pliego.web.sentence import scanned


def said(state: str, runs: list[list[int]], **columns: int) -> str:
    with translation.override(None):
        return scanned(Document(file=File(scanned=runs, ocr_state=state, **columns)))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.DONE, "recognised by a program"),
        (State.PARTIAL, "some pages could not be recognised"),
        (State.FAILED, "4 pages of this PDF are pictures"),
    ],
)
def test_each_state_has_its_sentence(state: str, words: str) -> None:
    assert words in said(state, [[1, 3], [9, 9]])


def test_work_under_way_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.pdf.recognition.installed", lambda: ("es",))
    assert said(State.PENDING, [[1, 3]], ocr_pages=2).endswith("2 of 3 pages.")


def test_where_nothing_can_be_recognised_it_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.pdf.recognition.installed", lambda: ())
    assert "1 page of this PDF is a picture" in said(State.PENDING, [[2, 2]])


def test_of_a_text_nothing_is_said() -> None:
    assert said("", []) == ""


def test_a_book_with_a_picture_for_its_cover_is_no_scan() -> None:
    assert said(State.DONE, [[1, 1]], pages=272) == ""
    assert said(State.DONE, [[1, 136]], pages=272)
