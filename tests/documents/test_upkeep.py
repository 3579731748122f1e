import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.processes import resident_memory
from pliego.accounts.viewer import ANONYMOUS
from pliego.documents.engines import blobs, derived
from pliego.documents.models import File
from pliego.documents.narrowing import Findable
from pliego.documents.upkeep import (
    ABANDONED,
    collect_garbage,
    drop_all_unused,
    drop_derived_of_gone,
    drop_unused,
    give_back_memory,
    know_sizes,
)
from tests import samples
from tests.people import share

pytestmark = pytest.mark.django_db

OLD = ABANDONED.total_seconds() + 60


def age(path: Path) -> None:
    stat = path.stat()
    os.utime(path, (stat.st_atime, stat.st_mtime - OLD))


def stray(text: str) -> str:
    """Bytes that a crash left without a row."""
    with blobs().receive() as incoming:
        incoming.write(samples.leaflet(text))
        return incoming.commit().key


def test_old_bytes_without_a_document_are_collected() -> None:
    key = stray("viejo")
    age(blobs().path(key))
    collect_garbage()
    assert blobs().head(key) is None


def test_nothing_is_deleted_while_deletions_are_held() -> None:
    document = share("retenido", read=False).document
    document.delete()
    with blobs().holding_deletions():
        assert not drop_unused(document.file_id)
        assert drop_all_unused() == 0
    assert blobs().head(document.file_id)
    assert drop_all_unused() == 1
    assert not blobs().head(document.file_id)


def test_fresh_bytes_are_left_alone() -> None:
    key = stray("nuevo")
    collect_garbage()
    assert blobs().head(key)


def test_bytes_of_a_document_are_kept_however_old() -> None:
    document = share("antiguo", read=False).document
    age(blobs().path(document.file_id))
    collect_garbage()
    assert blobs().head(document.file_id)
    assert not drop_unused(document.file_id)


def test_an_abandoned_transfer_is_swept() -> None:
    incoming = blobs().receive()
    incoming.write(b"%PDF-")
    path = next(blobs().incoming.iterdir())
    age(path)
    collect_garbage()
    assert not path.exists()
    incoming.abort()


def test_what_a_stop_left_of_a_derived_file_is_swept() -> None:
    key = stray("a medias")
    with derived().writing(key, "x") as path:
        path.write_bytes(b"1")
        left = path.with_name("left")
        left.write_bytes(b"1")
    collect_garbage()
    assert left.exists()
    age(left)
    collect_garbage()
    assert not left.exists()


def test_derived_files_go_with_the_last_row_and_not_before() -> None:
    document = share("derivado", read=False).document
    derived().write(document.file_id, "x", b"1")
    drop_derived_of_gone(document.file_id)
    assert derived().names(document.file_id) == ["x"]
    document.delete()
    File.objects.all().delete()
    drop_derived_of_gone(document.file_id)
    assert derived().names(document.file_id) == []


def test_what_was_found_is_looked_up_by_its_identifiers_and_not_among_all_that_is_public() -> None:
    shared = [share(f"puente {number}", read=False).document for number in range(60)]
    know_sizes()
    with CaptureQueriesContext(connection) as asked:
        Findable(ANONYMOUS)([document.pk for document in shared[:3]])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        assert any("documents_document USING INDEX sqlite_autoindex" in row[3] for row in cursor.fetchall())


def test_memory_that_work_has_freed_goes_back_to_the_system() -> None:
    blocks = [b"x" * 100_000 for _ in range(600)]
    last = blocks.pop()  # what lies above keeps the rest from going back by itself
    del blocks
    before = resident_memory(os.getpid())
    give_back_memory()
    assert resident_memory(os.getpid()) < before - 40, len(last)
