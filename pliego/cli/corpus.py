"""`pliego corpus DIR`: push every PDF of a folder through the real intake, in a throw-away site."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection
from rich.console import Console
from rich.table import Table

from pliego.accounts.viewer import OPERATOR
from pliego.cli.add import blocks
from pliego.cli.progress import count_progress
from pliego.cli.site import prepare
from pliego.documents import processing
from pliego.documents.engines import reader
from pliego.documents.intake import Arrival, receive
from pliego.documents.models import File, State
from pliego.errors import PliegoError
from pliego.pdf.sandbox import socket_in, start_parser
from pliego.terminal import write
from pliego.worker import collect_seldom

FULLY, PARTLY, REFUSED, DIED = "read fully", "read partly", "refused", "died"
SLOWEST = 10
_INSIDE = "PLIEGO_CORPUS"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    name: str
    result: str
    problem: str
    pages: int
    seconds: float


def corpus(
    folder: Annotated[Path, typer.Argument(help="Folder with PDFs.", exists=True, file_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each file.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Read every PDF of a folder as if it had been shared, without touching the site's own data."""
    if os.environ.get(_INSIDE):
        _run(folder, as_json=as_json, quiet=quiet)
        return
    with tempfile.TemporaryDirectory(prefix="pliego-corpus-") as throw_away:
        environment = {**os.environ, "PLIEGO_DATA": throw_away, _INSIDE: "1"}
        again = subprocess.run([sys.executable, "-m", "pliego", *sys.argv[1:]], env=environment, check=False)
    raise typer.Exit(again.returncode)


def _run(folder: Path, *, as_json: bool, quiet: bool) -> None:
    prepare()
    collect_seldom()
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf")
    parser = start_parser(socket_in(settings.DATA))
    started = time.perf_counter()
    try:
        reader().ready(timeout=20)
        outcomes = list(_read_all(files, quiet=quiet))
    finally:
        parser.terminate()
        parser.wait()
    took = time.perf_counter() - started
    if as_json:
        for outcome in outcomes:
            write(json.dumps(asdict(outcome), ensure_ascii=False))
    else:
        _tell(outcomes, took)


def _read_all(files: list[Path], *, quiet: bool) -> Iterator[Outcome]:
    with count_progress(quiet=quiet) as progress, ThreadPoolExecutor(os.cpu_count()) as pool:
        task = progress.add_task("Reading", total=len(files))
        for outcome in pool.map(_read, files):
            progress.advance(task)
            yield outcome


def _read(path: Path) -> Outcome:
    started = time.perf_counter()
    try:
        received = receive(blocks(path), Arrival(path.name, viewer=OPERATOR))
        while processing.process(received.document.file_id):
            pass
        file = File.objects.get(pk=received.document.file_id)
    except PliegoError as error:
        return Outcome(path.name, REFUSED, error.code, 0, time.perf_counter() - started)
    finally:
        connection.close()
    return Outcome(path.name, _result(file), file.problem, file.pages, time.perf_counter() - started)


def _result(file: File) -> str:
    if file.problem == "reader-stopped":
        return DIED
    if file.facts_state in {State.FAILED, State.LOCKED}:
        return REFUSED
    states = {file.facts_state, file.pictures_state, file.text_state}
    repaired = file.facts_json.get("repaired", False)
    return FULLY if states == {State.DONE} and not repaired else PARTLY


def _tell(outcomes: list[Outcome], took: float) -> None:
    console = Console()
    counts = Counter(outcome.result for outcome in outcomes)
    table = Table("result", "files", box=None)
    for result in (FULLY, PARTLY, REFUSED, DIED):
        table.add_row(result, str(counts[result]))
    console.print(table)
    for outcome in outcomes:
        if outcome.result != FULLY:
            console.print(f"{outcome.result}: {outcome.name} ({outcome.problem or 'some pages'})", markup=False)
    slowest = Table("slowest", "pages", "seconds", box=None)
    for outcome in sorted(outcomes, key=lambda each: -each.seconds)[:SLOWEST]:
        slowest.add_row(outcome.name, str(outcome.pages), f"{outcome.seconds:.1f}")
    console.print(slowest)
    pages = sum(outcome.pages for outcome in outcomes)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    console.print(f"{pages} pages in {took:.1f} s: {pages / took:.0f} pages/s; largest reading process {peak} MB")
