import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pliego.pdf.scheduler import TURN, Run, Scheduler, chosen_to_run, memory_for_children

MANY = 1 << 40


def quick(number: int = 1) -> Run:
    return Run(number, interactive=False, started=0)


def slow(used: float, held: int = 0, *, busy: bool = True) -> Run:
    return Run(1, interactive=False, started=0, slow=True, used=used, held=held, busy=busy)


def used_by(runs: set[Run]) -> list[float]:
    return sorted(run.used for run in runs)


def test_slow_ones_share_what_the_quick_ones_leave() -> None:
    runs = [quick(), slow(3), slow(1), slow(2)]
    assert used_by(chosen_to_run(runs, 3, MANY)) == [0, 1, 2]


def test_one_slow_one_always_runs() -> None:
    assert used_by(chosen_to_run([quick(), quick(), quick(), slow(5), slow(4)], 2, MANY)) == [0, 0, 0, 4]


def test_one_that_waits_for_its_reader_takes_nobody_s_turn() -> None:
    assert used_by(chosen_to_run([slow(1, busy=False), slow(2), slow(3)], 1, MANY)) == [1, 2]


def test_over_the_memory_only_the_one_nearest_to_its_end_runs() -> None:
    runs = [slow(1, 60, busy=False), slow(2, 60), slow(3, 0), quick()]
    assert used_by(chosen_to_run(runs, 8, 100)) == [0, 3]


@pytest.mark.parametrize(
    ("interactive", "running", "place"),
    [(False, 1, True), (False, 2, False), (True, 2, True), (True, 3, False)],
)
def test_one_place_is_kept_for_those_who_wait_before_a_page(interactive: bool, running: int, place: bool) -> None:
    scheduler = Scheduler(2, MANY)
    scheduler.runs |= {quick(number) for number in range(running)}
    assert scheduler.has_place(interactive=interactive) is place


def test_a_slow_one_has_given_up_its_place() -> None:
    scheduler = Scheduler(1, MANY)
    scheduler.runs |= {slow(1), slow(2)}
    assert scheduler.has_place(interactive=False)


@pytest.fixture
def burning() -> Iterator[list[Run]]:
    """Three children that use all the processor they get."""
    command = ["sh", "-c", "while :; do :; done"]
    children = [subprocess.Popen(command) for _ in range(3)]
    yield [Run(child.pid, interactive=False, started=time.monotonic()) for child in children]
    for child in children:
        child.kill()
        child.wait()


def turn_until(scheduler: Scheduler, wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not wanted():
        assert time.monotonic() < deadline
        scheduler.turn(time.monotonic())


def halted(run: Run) -> bool:
    return Path(f"/proc/{run.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def test_heavy_ones_run_in_turns(burning: list[Run]) -> None:
    scheduler = Scheduler(1, MANY)
    scheduler.runs |= set(burning)
    turn_until(scheduler, lambda: sum(map(halted, burning)) == 2)
    turn_until(scheduler, lambda: all(run.used > 0.2 for run in burning))
    assert max(run.used for run in burning) < 0.2 + 6 * TURN + 0.2


def test_time_in_which_others_ran_does_not_count(burning: list[Run]) -> None:
    scheduler = Scheduler(1, MANY)
    scheduler.runs |= set(burning)
    turn_until(scheduler, lambda: all(run.halted > 0.1 for run in burning))
    now = time.monotonic()
    for run in burning:
        assert run.wall(now) < now - run.started - 0.1


def test_what_was_halted_goes_on_when_it_is_alone(burning: list[Run]) -> None:
    scheduler = Scheduler(1, MANY)
    scheduler.runs |= set(burning)
    turn_until(scheduler, lambda: halted(burning[0]))
    scheduler.runs -= set(burning[1:])
    turn_until(scheduler, lambda: burning[0].halted_at is None)
    assert not halted(burning[0])


def test_the_children_get_a_part_of_the_machine() -> None:
    assert 1 << 20 < memory_for_children() < 1 << 50
