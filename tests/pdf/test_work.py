import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pliego.pdf.child import Answer, Job
from pliego.pdf.operation import declared
from pliego.pdf.refusals import NotRedacted
from pliego.pdf.report import Step
from pliego.pdf.sample import sample_pdf
from pliego.pdf.work import Work, function_of


@contextmanager
def at_work(heard: list[Answer]) -> Iterator[tuple[Work, int]]:
    """A tool at work on a sample, and the descriptor of its result."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        given.write(sample_pdf(3))
        given.flush()
        params = {"names": ["a.pdf"], "passwords": [], "further": []}
        job = Job(params, [given.fileno(), made.fileno()], heard.append)
        with Work(job, declared(function_of("rotate"))) as work:
            yield work, made.fileno()


def test_what_fails_when_it_is_read_again_is_not_given() -> None:
    with at_work([]) as (work, made):
        work.save(work.open())
        assert os.fstat(made).st_size
        with pytest.raises(NotRedacted), work.made():
            raise NotRedacted
        assert os.fstat(made).st_size == 0


def test_a_step_is_told_at_once_and_its_progress_now_and_then() -> None:
    heard: list[Answer] = []
    with at_work(heard) as (work, _made):
        for done in range(1000):
            work.step(Step.PAGES, done, 1000)
        work.step(Step.WRITE)
    assert heard[0] == {"step": "pages", "percent": 5}
    assert heard[-1] == {"step": "write", "percent": 80}
    assert len(heard) < 50
