"""Which pages are scans."""

import pytest

from pliego.documents import scans
from pliego.documents.models import File, State
from tests import samples
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def test_pages_as_runs_and_back() -> None:
    assert scans.runs_of([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
    assert list(scans.pages_of([[1, 3], [7, 7]])) == [1, 2, 3, 7]


def test_scans_are_told_at_intake_and_wait() -> None:
    file = share("escaneado", pdf=samples.scan(2)).document.file
    assert (file.scanned, file.ocr_state, scans.count(file)) == ([[1, 2]], State.PENDING, 2)
    assert file.sha256 in scans.waiting()


def test_a_text_is_no_scan() -> None:
    file = share("escrito").document.file
    assert (file.scanned, file.ocr_state) == ([], "")
    assert file.sha256 not in scans.waiting()


def test_a_file_that_somebody_works_on_does_not_wait() -> None:
    file = share("tomado", pdf=samples.scan(1)).document.file
    File.objects.filter(pk=file.pk).update(finished=False)
    assert file.sha256 not in scans.waiting()
