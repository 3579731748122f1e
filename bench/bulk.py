"""Many PDFs at once, from their first byte to "read": `pliego corpus` against bare pypdfium2 over the same files.

Read means all that a document's page, its reader and finding within it need, the first picture among it; the index of
the archive is measured in `search`. Aim: half the pages per second of bare text extraction, for each processor. The
files are leaflets, papers, slides and small books made by code, or those in the folder that BENCH_PDFS names (the first
BENCH_FILES, 100 without that).
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measurement import Measurement
from tests import samples

FILES = 1000
FROM_FOLDER = 100


def measure() -> Iterator[Measurement]:
    """Pages per second of processor time of each, start of the programs included."""
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as name:
        folder = Path(name)
        count = gather(folder)
        outcomes: list[dict[str, object]] = []
        intake = processor_time(lambda: outcomes.extend(corpus(folder)))
        pages = sum(int(str(outcome["pages"])) for outcome in outcomes if outcome["result"] != "refused")
        names = [str(folder / str(outcome["name"])) for outcome in outcomes if outcome["result"] != "refused"]
        reference = processor_time(lambda: subprocess.run(bare_command(names), check=True, stdout=subprocess.DEVNULL))
    what = f"intake of {count} PDFs, {pages} pages, to read, per core"
    yield Measurement(what, pages / intake, "pages/s", 0.5, "bare text", pages / reference, at_least=True)


def gather(folder: Path) -> int:
    """Fill a folder with PDFs and give their number."""
    given = os.environ.get("BENCH_PDFS")
    if given:
        most = int(os.environ.get("BENCH_FILES", str(FROM_FOLDER)))
        files = sorted(Path(given).rglob("*.pdf"))[:most]
        for number, file in enumerate(files):
            (folder / f"{number}.pdf").symlink_to(file.resolve())
        return len(files)
    for number in range(FILES):
        (folder / f"{number}.pdf").write_bytes(mixed(number) + b"\n%% %d\n" % number)
    return FILES


def mixed(number: int) -> bytes:
    """A small PDF of one of five kinds."""
    kinds = (samples.leaflet, samples.paper, samples.slides, lambda: samples.book(12), lambda: samples.book(40))
    return kinds[number % len(kinds)]()


def corpus(folder: Path) -> list[dict[str, object]]:
    """What `pliego corpus` says about each file."""
    command = [sys.executable, "-m", "pliego", "corpus", "--json", "--quiet", str(folder)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return [json.loads(line) for line in said.splitlines()]


def bare_command(names: list[str]) -> list[str]:
    """A program that reads the text of these files one after the other."""
    return [sys.executable, "-m", "bench.bare", *names]


def processor_time(work: Callable[[], object]) -> float:
    """Seconds of processor time that programs started by ``work`` have used, with all that they started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
