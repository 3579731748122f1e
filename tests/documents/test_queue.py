from pathlib import Path

import pytest

from pliego.documents import queue


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> queue._Patient:
    monkeypatch.setattr(queue, "REST", 0)
    storage = queue._Patient("x", filename=str(tmp_path / "queue.sqlite3"))
    storage.enqueue(b"one")
    return storage


def test_a_worker_waits_for_a_disk_that_takes_nothing(
    storage: queue._Patient, caplog: pytest.LogCaptureFixture
) -> None:
    storage.conn.execute("PRAGMA query_only=1")
    assert storage.dequeue() is None
    assert "the worker waits for its queue: attempt to write a readonly database" in caplog.text
    storage.conn.execute("PRAGMA query_only=0")
    assert storage.dequeue() == b"one"


def test_a_mistake_of_ours_is_not_waited_for(storage: queue._Patient) -> None:
    storage.conn.execute("DROP TABLE task")
    with pytest.raises(storage.operational_error):
        storage.dequeue()
