"""What a text is about: told when it is read, and again when the archive has doubled."""

import pytest

from pliego.documents import processing, subjects
from pliego.documents.engines import blobs, derived
from pliego.documents.models import Document, File
from pliego.documents.outlines import NAME
from pliego.search.duplicates import similarity
from tests.archive import BEES, put
from tests.people import share

pytestmark = pytest.mark.usefixtures("archive")


def test_key_phrases_name_the_subject() -> None:
    phrases = put("apicultura", BEES).document.file.key_phrases
    assert {"colmena", "abeja reina"} <= set(phrases)


def test_a_short_text_is_told_before_it_is_indexed() -> None:
    file = share("molino").document.file
    assert subjects.tell_short(file.pk) == 1
    assert subjects.tell_untold() == 0


def test_a_long_text_is_told_later() -> None:
    file = share("molino").document.file
    File.objects.filter(pk=file.pk).update(pages=subjects.SHORT + 1)
    assert subjects.tell_short(file.pk) == 0
    assert subjects.tell_untold() == 1


def test_news_make_the_page_another_one() -> None:
    document = put("molino").document
    before = document.revision
    assert subjects.tell(document.file)
    document.refresh_from_db()
    assert document.revision == before


def test_a_text_is_told_again_when_the_archive_has_doubled() -> None:
    file = put("molino").document.file
    for number in range(4):
        share(f"otro{number}", read=False)
    assert subjects.tell_again() == 1
    assert subjects.tell_again() == 0
    file.refresh_from_db()
    assert file.subject_told == 5


def test_a_text_that_is_read_anew_is_told_anew() -> None:
    file = put("molino").document.file
    processing.reread_all()
    processing.process(file.pk)
    assert File.objects.untold().get() == file


def test_signatures_are_alike_where_texts_are() -> None:
    one, other, third = (put(word, texts).document for word, texts in (("a", BEES), ("b", BEES), ("c", ())))
    assert similarity(bytes(one.file.signature), bytes(other.file.signature)) > 0.5
    assert similarity(bytes(one.file.signature), bytes(third.file.signature)) < 0.5
    assert Document.objects.count() == 3


def test_a_text_whose_bytes_are_lost_holds_nobody_up() -> None:
    file = share("molino").document.file
    derived().discard(file.sha256, NAME)
    blobs().path(file.sha256).unlink()
    assert subjects.tell_untold() == 1
    file.refresh_from_db()
    assert file.key_phrases
