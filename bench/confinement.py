"""What the confinement costs: reading one page in a confined child against the same read in this process.

Aim: at most 20 ms of processor time more per request, and 30 ms of waiting; an idle parser process of at most 60 MB.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pliego.pdf.reader import PrivateParser
from pliego.pdf.source import Source
from pliego.pdf.text import read_pages
from pliego.pdf.warm import warm
from tests import samples

ROUNDS = 100


def main() -> None:
    """Measure and print."""
    warm()
    private = PrivateParser()
    with tempfile.TemporaryDirectory() as folder, private as reader:
        file = Path(folder) / "leaflet.pdf"
        file.write_bytes(samples.leaflet())
        bare = cost(lambda: read_here(file), private.process.pid)
        confined = cost(lambda: list(reader.text(file, 1, 1)), private.process.pid)
        print(f"one page, in this process   {bare[0]:6.2f} ms CPU  {bare[1]:6.2f} ms")
        print(f"one page, confined          {confined[0]:6.2f} ms CPU  {confined[1]:6.2f} ms")
        more, longer = confined[0] - bare[0], confined[1] - bare[1]
        print(f"cost of the confinement     {more:6.2f} ms CPU  {longer:6.2f} ms  (aim 20, 30)")
        print(f"idle parser process         {proportional_memory(private.process.pid):6.1f} MB  (aim 60)")


def read_here(file: Path) -> None:
    """The same read without a sandbox."""
    with file.open("rb") as opened, Source(opened.fileno()) as source:
        list(read_pages(source, 1, 1))


def cost(work: Callable[[], object], parser: int) -> tuple[float, float]:
    """Milliseconds per round: processor time here, in the parser process and its ended children; and waiting."""
    work()
    before, start = processor_time(parser), time.perf_counter()
    for _ in range(ROUNDS):
        work()
    waited = time.perf_counter() - start
    return (processor_time(parser) - before) / ROUNDS * 1000, waited / ROUNDS * 1000


def processor_time(parser: int) -> float:
    """Seconds used so far by this process and the parser process, in steps of 10 ms for the latter."""
    fields = Path(f"/proc/{parser}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.process_time() + sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def proportional_memory(pid: int) -> float:
    """MB of a process, what it shares divided among those that share it."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


if __name__ == "__main__":
    main()
