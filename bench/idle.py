"""A site that does nothing: its memory, its processor time, and how soon it is up again.

Aim: a web worker of 90 MB, all processes together 250 MB, one hundredth of a processor, up in 3 seconds.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.measurement import Measurement, seconds
from bench.processes import processor_seconds, proportional_memory
from bench.site import Site
from tests import samples

SETTLED = 3.0
WATCHED = 60.0
"""Seconds: what runs by the clock runs once a minute."""


def measure() -> Iterator[Measurement]:
    """Start it twice, use it once, and leave it alone for a minute."""
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as folder, Site(Path(folder)) as site:
        site.stop()
        yield Measurement("start of a site that has run before", seconds(site.start), "s", aim=3)
        use(site)
        time.sleep(SETTLED)
        members = site.members()
        family = [pid for pids in members.values() for pid in pids]
        yield Measurement("memory of a web worker", proportional_memory(members["web"]), "MB", aim=90)
        yield Measurement("memory of the whole site", proportional_memory(family), "MB", aim=250)
        before, start = processor_seconds(family), time.monotonic()
        time.sleep(WATCHED)
        used = (processor_seconds(family) - before) / (time.monotonic() - start)
        yield Measurement("processor time of the idle site", used * 100, "% of a core", aim=1)


def use(site: Site) -> None:
    """Share something and look at it, so that all that is loaded late has been loaded."""
    page = site.page_of(samples.book(30))
    site.wait_until_read()
    with closing(site.client()) as client:
        for path in ("/", client.lasting(page)):
            client.get(path)
