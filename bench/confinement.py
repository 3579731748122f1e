"""What the confinement costs: reading one page in a confined child against the same read in this process.

Aim: at most 20 ms of processor time more per request, and 30 ms of waiting; an idle parser process of at most 60 MB.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measurement import Measurement, seconds
from bench.processes import processor_seconds, proportional_memory
from pliego.pdf.reader import PrivateParser
from pliego.pdf.source import Source
from pliego.pdf.text import read_pages
from pliego.pdf.warm import warm
from tests import samples

ROUNDS = 100


def measure() -> Iterator[Measurement]:
    """One page in and outside a confined child."""
    warm()
    private = PrivateParser()
    with tempfile.TemporaryDirectory() as folder, private as reader:
        file = Path(folder) / "leaflet.pdf"
        file.write_bytes(samples.leaflet())
        parser = private.process.pid
        bare = cost(lambda: read_here(file), parser)
        confined = cost(lambda: list(reader.text(file, 1, 1)), parser)
        yield Measurement("processor time that a confined read takes more", confined[0] - bare[0], "ms", aim=20)
        yield Measurement("time that a confined read takes more", confined[1] - bare[1], "ms", aim=30)
        yield Measurement("memory of the idle parser process", proportional_memory([parser]), "MB", aim=60)


def read_here(file: Path) -> None:
    """The same read without a sandbox."""
    with file.open("rb") as opened, Source(opened.fileno()) as source:
        list(read_pages(source, 1, 1))


def cost(work: Callable[[], object], parser: int) -> tuple[float, float]:
    """Milliseconds per round: processor time here, in the parser process and its ended children; and waiting."""
    work()
    members = [os.getpid(), parser]
    before = processor_seconds(members)
    waited = seconds(lambda: [work() for _ in range(ROUNDS)])
    return (processor_seconds(members) - before) / ROUNDS * 1000, waited / ROUNDS * 1000
