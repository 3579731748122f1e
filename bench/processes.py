"""What running processes have used, from /proc."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def children_of(pid: int) -> list[int]:
    """The children of every thread of a process."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]


def processor_seconds(pids: Iterable[int]) -> float:
    """Processor time of living processes and of their children that have ended, in steps of 10 ms each."""
    return sum(sum(map(int, _stat(pid)[11:15])) for pid in pids) / _TICK


def _stat(pid: int) -> list[str]:
    """The fields of proc(5) `stat` from the third on."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()


def proportional_memory(pids: Iterable[int]) -> float:
    """MB that processes hold, what is shared divided among those that share it."""
    return sum(_kilobytes(pid, "smaps_rollup", "Pss") for pid in pids) / 1000


def highest_memory(pid: int) -> float:
    """MB that a process held at its highest since it began, or since `forget_highest`."""
    return _kilobytes(pid, "status", "VmHWM") / 1000


def resident_memory(pid: int) -> float:
    """MB that a process holds, what is shared included."""
    return _kilobytes(pid, "status", "VmRSS") / 1000


def forget_highest(pid: int) -> None:
    """Begin anew with the highest memory of a process."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def _kilobytes(pid: int, file: str, name: str) -> int:
    lines = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
