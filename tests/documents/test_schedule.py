import pytest

from pliego.documents.models import File
from pliego.documents.queue import queue
from pliego.documents.schedule import sweep
from tests.people import share

pytestmark = pytest.mark.django_db


def pending() -> list[str]:
    return [sha256 for task in queue.pending() for sha256 in task.args]


def test_the_sweep_asks_once_for_each_file_that_waits() -> None:
    waiting = share("espera", read=False).document.file_id
    done = share("lista", read=False).document.file_id
    File.objects.filter(pk=done).update(finished=True)
    queue.flush()
    sweep.call_local()
    sweep.call_local()
    assert pending() == [waiting]
