from datetime import timedelta

import pytest
from django.utils import timezone

from pliego.documents.claims import claim
from pliego.documents.leases import LEASE, LostLease
from pliego.documents.models import File
from tests.people import share

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> File:
    return share("reclamo", read=False).document.file


def test_one_worker_at_a_time(file: File) -> None:
    assert claim(file.sha256)
    assert claim(file.sha256) is None


def test_what_is_finished_or_unknown_is_not_claimed(file: File) -> None:
    File.objects.update(finished=True)
    assert claim(file.sha256) is None
    assert claim("0" * 64) is None


def test_a_lease_that_ran_out_is_taken_over_and_the_first_can_no_longer_write(file: File) -> None:
    first = claim(file.sha256)
    second = claim(file.sha256, timezone.now() + LEASE + timedelta(seconds=1))
    assert first
    assert second
    with pytest.raises(LostLease):
        first.save(pages=1)
    second.save(pages=2)
    assert File.objects.get().pages == 2


def test_progress_starts_the_count_of_tries_anew(file: File) -> None:
    held = claim(file.sha256)
    assert held
    assert File.objects.get().tries == 1
    File.objects.update(lease_until=timezone.now())
    for progress in (held.save, held.keep):
        progress()
        now = File.objects.get()
        assert now.tries == 0
        assert now.lease_until
        assert LEASE / 2 < now.lease_until - timezone.now() < LEASE * 2
        File.objects.update(lease_until=timezone.now())


def test_what_could_not_be_tried_does_not_count(file: File) -> None:
    held = claim(file.sha256)
    assert held
    held.put_back()
    assert File.objects.get().tries == 0
    assert claim(file.sha256)


def test_what_made_progress_and_then_could_not_go_on_is_put_back_too(file: File) -> None:
    held = claim(file.sha256)
    assert held
    held.save()
    held.put_back()
    assert File.objects.get().tries == 0
    assert claim(file.sha256)


def test_a_file_that_was_deleted_is_lost(file: File) -> None:
    held = claim(file.sha256)
    file.documents.all().delete()
    file.delete()
    assert held
    with pytest.raises(LostLease):
        held.save()


def test_every_save_changes_the_page_of_its_documents(file: File) -> None:
    held = claim(file.sha256)
    assert held
    before = file.documents.get().revision
    held.save()
    assert file.documents.get().revision == before + 1


def test_a_lease_of_a_clock_that_was_set_back_since_is_taken_over(file: File) -> None:
    assert claim(file.sha256)
    assert claim(file.sha256, timezone.now() - LEASE / 2) is None
    assert claim(file.sha256, timezone.now() - timedelta(days=1))
