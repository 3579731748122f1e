"""Recognising the words of scans in the background."""

import pytest
from django.db.models import F

from pliego.documents import finding, reading, recognising
from pliego.documents.claims import claim_scan
from pliego.documents.models import File, State
from pliego.pdf import recognition
from tests import samples
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]
needs_tesseract = pytest.mark.skipif(not recognition.installed(), reason="Tesseract is not installed")


def scanned(pages: int = 1) -> File:
    return share("libroescaneado", pdf=samples.scanned_text(pages)).document.file


@needs_tesseract
def test_a_scan_becomes_a_text_that_is_found() -> None:
    file = scanned(2)
    assert recognising.recognise(file.sha256)
    file.refresh_from_db()
    assert (file.ocr_state, file.ocr_pages, file.language) == (State.DONE, 2, "es")
    assert finding.find_in(file, "Capítulo 1").total >= 1
    page = reading.page_text(file, 2)
    assert page is not None
    assert len(page.paragraphs) > 1
    places = reading.word_places(file, page, measure=False)
    assert [len(words) for words in places] == [len(line.text.split()) for line in page.lines]


@needs_tesseract
def test_work_goes_on_where_it_ended() -> None:
    file = scanned(3)
    File.objects.filter(pk=file.pk).update(ocr_pages=2)
    recognising.recognise(file.sha256)
    assert [bool(page.lines) for page in reading.page_texts(file, 1, 3)] == [False, False, True]


@needs_tesseract
def test_a_page_without_words_stays_without() -> None:
    file = share("foto", pdf=samples.scan(1)).document.file
    recognising.recognise(file.sha256)
    file.refresh_from_db()
    assert (file.ocr_state, file.ocr_pages) == (State.DONE, 1)


def test_what_kills_the_worker_is_given_up() -> None:
    file = scanned()
    File.objects.filter(pk=file.pk).update(tries=F("tries") + File.MAX_TRIES)
    held = claim_scan(file.sha256)
    assert held is not None
    file.refresh_from_db()
    recognising._recognise(file, held)
    file.refresh_from_db()
    assert file.ocr_state == State.FAILED


def test_nothing_is_done_twice_at_once() -> None:
    file = scanned()
    assert claim_scan(file.sha256) is not None
    assert claim_scan(file.sha256) is None
    assert not recognising.recognise(file.sha256)
