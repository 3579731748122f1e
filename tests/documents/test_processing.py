import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings as site
from django.db import connection
from django.db.models import F
from django.utils import timezone

from pliego.documents import engines, processing, readiness
from pliego.documents.claims import claim
from pliego.documents.engines import TEXT_VERSION, blobs, derived, pictures, sidecar
from pliego.documents.intake import Arrival, receive
from pliego.documents.models import File, State
from pliego.documents.reading import READING_COPY
from pliego.documents.removal import remove
from pliego.errors import WrongPassword
from pliego.pdf.reader import Reader
from tests import samples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def arrived(pdf: bytes) -> File:
    return receive([pdf], Arrival("x.pdf")).document.file


def read(pdf: bytes) -> File:
    """The file when the worker is done with it."""
    file = arrived(pdf)
    while processing.process(file.sha256):
        pass
    file.refresh_from_db()
    assert file.finished
    assert not file.lease_token
    return file


def states(file: File) -> tuple[str, str, str]:
    return file.facts_state, file.pictures_state, file.text_state


ALL_DONE = (State.DONE,) * 3
ALL_FAILED = (State.FAILED,) * 3


def test_a_book_is_read_whole() -> None:
    file = read(samples.book(70))
    assert states(file) == ALL_DONE
    assert file.pages == file.pages_read == 70
    assert file.language == "es"
    assert sidecar(file.sha256).complete(70)


@pytest.mark.parametrize(
    ("pdf", "problem"),
    [
        (b"%PDF-1.7\n", "unreadable-pdf"),
        (samples.headless(), "unreadable-pdf"),
        (samples.truncated(0.1), "unreadable-pdf"),
        (samples.no_pages(), "no-pages"),
    ],
)
def test_what_nobody_can_read_ends_with_its_reason(pdf: bytes, problem: str) -> None:
    file = read(pdf)
    assert states(file) == ALL_FAILED
    assert file.problem == problem


def test_a_truncated_file_is_repaired_and_its_loss_told() -> None:
    file = read(samples.truncated())
    assert file.facts
    assert file.facts.repaired
    assert 0 < file.pages <= 30
    assert file.has_reading_copy


def test_a_page_that_cannot_be_read_is_told() -> None:
    file = read(samples.lost_page())
    assert file.text_state == State.PARTIAL
    assert [bool(page.problem) for page in sidecar(file.sha256).pages(1, 3)] == [False, True, False]


@pytest.mark.parametrize(
    "pdf",
    [
        samples.cyclic_pages(),
        samples.cyclic_actions(),
        samples.deep_nesting(),
        samples.encrypted(),
        samples.image_bomb(),
        samples.xmp_bomb(),
    ],
)
def test_what_only_looks_bad_is_read(pdf: bytes) -> None:
    assert states(read(pdf)) == ALL_DONE


@pytest.mark.parametrize("side", [0.001, 14_400, 1e9])
def test_a_page_of_any_size_has_its_picture(side: float) -> None:
    assert read(samples.giant_page(side)).pictures_state == State.DONE


def test_twenty_thousand_pages_are_known_and_the_first_ten_thousand_read() -> None:
    file = read(samples.many_pages(20_000))
    assert states(file) == ALL_DONE
    assert (file.pages, file.pages_read, file.readable_pages) == (20_000, 10_000, 10_000)


def test_a_file_whose_reader_dies_three_times_is_given_up() -> None:
    file = arrived(samples.object_bomb())
    assert [processing.process(file.sha256) for _ in range(4)] == [True, True, False, False]
    file.refresh_from_db()
    assert file.problem == "reader-stopped"
    assert states(file) == ALL_FAILED
    assert file.sha256 not in processing.waiting()


def test_a_file_whose_worker_dies_each_time_is_given_up() -> None:
    file = arrived(samples.leaflet("muere"))
    for _ in range(File.MAX_TRIES):
        assert claim(file.sha256)
        File.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert not processing.process(file.sha256)
    file.refresh_from_db()
    assert file.finished
    assert states(file) == ALL_FAILED


def test_a_page_that_ends_its_reader_costs_no_other_page() -> None:
    with pikepdf.open(BytesIO(samples.book(150))) as pdf, pikepdf.open(BytesIO(samples.content_bomb())) as bomb:
        pdf.pages[99].Contents = pdf.copy_foreign(bomb.pages[0].Contents)
        out = BytesIO()
        pdf.save(out)
    file = read(out.getvalue())
    assert (file.text_state, file.pages_read) == (State.PARTIAL, 150)
    assert [page.number for page in sidecar(file.sha256).pages(1, 150) if page.problem] == [100]


def test_a_worker_takes_up_what_a_killed_one_has_left() -> None:
    file = read(samples.book(130))
    derived().discard(file.sha256, f"text-{TEXT_VERSION}/65.zip")
    untouched = derived().path(file.sha256, f"text-{TEXT_VERSION}/1.zip").stat().st_mtime_ns
    File.objects.update(finished=False, text_state=State.PENDING, pages_read=64, tries=F("tries") + 1)
    assert not processing.process(file.sha256)
    file.refresh_from_db()
    assert file.pages_read == 130
    assert states(file) == ALL_DONE
    assert derived().path(file.sha256, f"text-{TEXT_VERSION}/1.zip").stat().st_mtime_ns == untouched


def test_pages_that_cannot_be_read_are_told_after_a_stop_too() -> None:
    file = read(samples.lost_page())
    File.objects.update(finished=False, text_state=State.PENDING)
    processing.process(file.sha256)
    file.refresh_from_db()
    assert file.text_state == State.PARTIAL


def test_a_reading_copy_left_by_a_killed_worker_is_no_hindrance() -> None:
    pdf = samples.truncated(0.7)
    path = derived().path(arrived(pdf).sha256, READING_COPY)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    assert states(read(pdf))[0] == State.DONE


def test_a_parser_that_is_not_there_costs_no_try(monkeypatch: pytest.MonkeyPatch) -> None:
    file = arrived(samples.leaflet("ausente"))
    monkeypatch.setattr(processing, "reader", lambda: Reader(Path("/nonexistent")))
    monkeypatch.setattr(processing, "PARSER_STARTS_WITHIN", 0)
    for _ in range(5):
        assert not processing.process(file.sha256)
    file.refresh_from_db()
    assert file.tries == 0
    assert file.sha256 in processing.waiting()


def test_reading_goes_on_as_soon_as_the_parser_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    file = arrived(samples.leaflet("arranque"))
    parsers = iter([Reader(Path("/nonexistent"))])
    monkeypatch.setattr(processing, "reader", lambda: next(parsers, engines.reader()))
    assert processing.process(file.sha256)
    assert not processing.process(file.sha256)
    file.refresh_from_db()
    assert states(file) == ALL_DONE


def test_bytes_that_are_gone_end_in_a_clear_state() -> None:
    file = arrived(samples.leaflet("perdido"))
    blobs().delete(file.sha256)
    for _ in range(File.MAX_TRIES + 1):
        processing.process(file.sha256)
        File.objects.update(lease_until=None)
    file.refresh_from_db()
    assert file.finished
    assert states(file) == ALL_FAILED


@pytest.mark.django_db(transaction=True)
def test_a_document_removed_while_it_is_read_leaves_nothing() -> None:
    document = receive([samples.many_pages(3000)], Arrival("x.pdf")).document

    def work() -> None:
        processing.process(document.file_id)
        connection.close()

    with ThreadPoolExecutor() as pool:
        reading = pool.submit(work)
        deadline = time.monotonic() + 30
        while not sidecar(document.file_id).chunks():
            assert time.monotonic() < deadline
        remove(document)
        reading.result(30)
    assert not derived().names(document.file_id)
    assert not list(pictures().root.glob(f"*/{document.file_id}*"))
    assert not File.objects.exists()


def test_an_encrypted_file_waits_for_its_password() -> None:
    file = read(samples.encrypted("abre"))
    assert states(file) == (State.LOCKED,) * 3
    assert file.needs_password
    with pytest.raises(WrongPassword):
        processing.unlock(file, "otra")
    processing.unlock(file, "abre")
    processing.process(file.sha256)
    file.refresh_from_db()
    assert states(file) == ALL_DONE


def test_a_password_is_written_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    file = read(samples.encrypted("contraseña-que-no-se-guarda"))
    processing.unlock(file, "contraseña-que-no-se-guarda")
    processing.process(file.sha256)
    for path in Path(site.DATA).rglob("*"):
        if path.is_file():
            assert "contraseña-que-no-se-guarda".encode() not in path.read_bytes(), path
    assert "contraseña-que-no-se-guarda" not in caplog.text


def test_a_full_disk_costs_a_file_no_try(monkeypatch: pytest.MonkeyPatch) -> None:
    file = arrived(samples.leaflet("x"))
    monkeypatch.setattr(readiness, "FULL_MB", 1 << 40)
    assert not processing.process(file.sha256)
    file.refresh_from_db()
    assert (file.finished, file.tries, file.lease_token) == (False, 0, "")
