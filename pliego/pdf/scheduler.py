"""Which child of the parser process runs now: the quick ones first, the others in turn.

A child that has used more than a short share of a processor is slow from then on: it gives up its place to those that
wait, and runs on at a lower priority in turns with the other slow ones, always the one that has had the least. So many
slow ones run as there are processors that no quick one uses, but at least one; the others are stopped (SIGSTOP) where
they are. Hence no number of heavy files holds up a quick one for long, and a heavy one comes before the heavier.

Memory: what all children hold together stays under a quarter of the machine's, and one child's limit more. Over that,
only the slow one that has had the most runs, so that it comes to its end and gives back what it holds.
"""

import os
import resource
import signal
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TURN = 0.025
"""Seconds between two looks at the children."""
ALONE = 0.1
"""The same while there is only one; a request that comes is a reason to look, too."""
QUICK_SHARE = {True: 0.1, False: 0.05}
"""Seconds of processor time, by interactive, after which a child is slow."""
QUICK_WALL = 1.0
"""A child is slow after so many seconds, too: it may wait for something."""
NICER = 10
"""Added to the nice value of a slow child: it gets a tenth of a processor that it shares with a quick one."""
BUSY = 0.25
"""Part of the time in which a child that works wants a processor."""
MEMORY_SHARE = 0.25
MOST_SLOW = 100
"""Slow children that may have given up their places, whatever they hold."""


@dataclass(eq=False)
class Run:
    """A running child and what it has had so far, in seconds and bytes."""

    pid: int
    interactive: bool
    started: float
    slow: bool = False
    used: float = 0.0
    """Processor time."""
    waited: float = 0.0
    """Ready to run while the processors were busy with others."""
    held: int = 0
    """Memory beyond what it shares with the parser process."""
    busy: bool = True
    """It used, or was ready to use, a processor when it last could."""
    halted: float = 0.0
    """Stopped by us, in earlier turns."""
    halted_at: float | None = None
    """Since when it is stopped, None while it may run."""

    def wall(self, now: float) -> float:
        """Seconds since its start in which it could have run: what others took from it does not count."""
        here = now - self.halted_at if self.halted_at is not None else 0.0
        return now - self.started - self.halted - here - self.waited

    def halt(self, now: float) -> None:
        """Stop it where it is."""
        if self.halted_at is None:
            os.kill(self.pid, signal.SIGSTOP)
            self.halted_at = now

    def go_on(self, now: float) -> None:
        """Let it run again."""
        if self.halted_at is not None:
            os.kill(self.pid, signal.SIGCONT)
            self.halted += now - self.halted_at
            self.halted_at = None

    def become_slow(self) -> None:
        """Give up the place, for good."""
        self.slow = True
        os.setpriority(os.PRIO_PROCESS, self.pid, min(os.getpriority(os.PRIO_PROCESS, 0) + NICER, 19))


class Scheduler:
    """Shares out the processors among the children that it is told of, at each turn.

    Places: one more than processors. One of them is kept for interactive tasks.
    """

    def __init__(self, processors: int, memory: int) -> None:
        self._processors = processors
        self._memory = memory
        self._own = _resident(os.getpid())
        self._last = 0.0
        self.runs: set[Run] = set()

    def has_place(self, *, interactive: bool) -> bool:
        """Whether one more may start."""
        quick = [run for run in self.runs if not run.slow]
        if len(quick) > self._processors:
            return False
        return interactive or sum(not run.interactive for run in quick) < self._processors

    def turn(self, now: float) -> None:
        """Look at what each has had, and let those run whose turn it is; nothing happens before it is due."""
        if now - self._last < TURN:
            return
        for run in self.runs:
            if run.halted_at is None:
                self._measure(run, now - self._last)
            if not run.slow and _over_share(run, now) and sum(other.slow for other in self.runs) < MOST_SLOW:
                run.become_slow()
        self._last = now
        chosen = chosen_to_run(self.runs, self._processors, self._memory)
        for run in self.runs:
            if run in chosen:
                run.go_on(now)
            else:
                run.halt(now)

    def _measure(self, run: Run, since: float) -> None:
        with suppress(OSError):  # not to be seen (hidepid), or no such accounting in this kernel: then time decides
            run.held = max(_resident(run.pid) - self._own, 0)
            before = run.used + run.waited
            used, waited, _ = Path(f"/proc/{run.pid}/schedstat").read_text(encoding="ascii").split()
            run.used, run.waited = int(used) / 1e9, int(waited) / 1e9
            run.busy = run.used + run.waited - before > BUSY * since


def chosen_to_run(runs: Collection[Run], processors: int, memory: int) -> set[Run]:
    """Those that may run until the next turn: every quick one, and of the slow ones those that have had the least.

    One that waits for something else than a processor keeps nobody from it. ``memory``: see the module.
    """
    slow = sorted((run for run in runs if run.slow), key=lambda run: run.used)
    quick = {run for run in runs if not run.slow}
    if sum(run.held for run in runs) > memory:
        return quick | set(slow[-1:])
    free = max(processors - len(quick), 1)
    return quick | {run for run in slow if not run.busy} | set([run for run in slow if run.busy][:free])


def _over_share(run: Run, now: float) -> bool:
    return run.used > QUICK_SHARE[run.interactive] or run.wall(now) > QUICK_WALL


def _resident(pid: int) -> int:
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()


def memory_for_children() -> int:
    """Bytes that all children may hold together: a part of what this machine, or this container, has."""
    machine = os.sysconf("SC_PHYS_PAGES") * resource.getpagesize()
    return int(min([machine, *_container_limits()]) * MEMORY_SHARE)


def _container_limits() -> Iterator[int]:
    """The limit of the control group, where there is one."""
    with suppress(OSError, ValueError):
        yield int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
