from pliego.documents.queue import queue
from pliego.documents.tasks import read_file, recognise
from pliego.toolbox.tasks import run_job


def test_a_job_somebody_waits_for_goes_before_all_files_that_are_to_be_read() -> None:
    queue.flush()
    recognise("0" * 64)
    read_file("1" * 64)
    run_job("waited for")
    named = [queue.dequeue().name for _ in range(3)]
    queue.flush()
    assert named == ["run_job", "read_file", "recognise"]
