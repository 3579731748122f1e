import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pliego.errors import DiskFull, PliegoError, StorageFails
from pliego.storage.refusal import refusal, refusals_in_words


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except type(error) as caught:
        return caught


def refused_by_sqlite(database: Path, *statements: str) -> BaseException:
    *before, last = statements
    with closing(sqlite3.connect(database)) as rows:
        for statement in before:
            rows.execute(statement)
        with pytest.raises(sqlite3.Error) as caught:
            rows.execute(last)
    return caught.value


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EACCES, StorageFails),
        (errno.EROFS, StorageFails),
        (errno.EIO, StorageFails),
    ],
)
def test_what_the_system_refuses(number: int, kind: type[PliegoError]) -> None:
    assert type(refusal(OSError(number, "no"))) is kind
    assert type(refusal(raised(RuntimeError("outer"), OSError(number, "no")))) is kind


@pytest.mark.parametrize("error", [ValueError("x"), OSError("x"), FileNotFoundError(errno.ENOENT, "x")])
def test_what_is_not_the_disks_doing(error: Exception) -> None:
    assert refusal(error) is None


def test_a_database_without_room(tmp_path: Path) -> None:
    error = refused_by_sqlite(
        tmp_path / "x", "PRAGMA max_page_count=2", "CREATE TABLE t (x)", "INSERT INTO t VALUES (zeroblob(9999))"
    )
    assert type(refusal(error)) is DiskFull


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * 5000)
    assert type(refusal(refused_by_sqlite(tmp_path / "x", "SELECT 1 FROM t"))) is StorageFails


def test_a_database_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error) as caught:
        sqlite3.connect(tmp_path)
    assert type(refusal(caught.value)) is StorageFails


def test_a_database_that_takes_nothing(tmp_path: Path) -> None:
    error = refused_by_sqlite(tmp_path / "x", "PRAGMA query_only=1", "CREATE TABLE t (x)")
    assert type(refusal(error)) is StorageFails


def test_a_mistake_in_a_query_is_ours(tmp_path: Path) -> None:
    assert refusal(refused_by_sqlite(tmp_path / "x", "SELECT 1 FROM nothing")) is None


def test_it_is_raised_in_words() -> None:
    with pytest.raises(DiskFull), refusals_in_words():
        Path("/dev/full").write_bytes(b"x" * 10_000)
    with pytest.raises(StorageFails), refusals_in_words():
        raise PermissionError(errno.EACCES, "no")
    with pytest.raises(FileNotFoundError), refusals_in_words():
        raise FileNotFoundError(errno.ENOENT, "x")
