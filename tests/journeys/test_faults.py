"""Kills at any moment: nothing that was acknowledged is lost, nothing is half-made, every reading comes to its end."""

import hashlib
import http.client
import os
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import samples
from tests.journeys.site import LONG_AGO, Site, family_of

PAGES = 1200
LONG = samples.many_pages(PAGES)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "data")
    yield site
    site.kill()


def shared_and_half_read(site: Site) -> None:
    assert site.share(LONG)["status"] == "201"
    deadline = time.monotonic() + 60
    while not site.rows("SELECT 1 FROM documents_file WHERE pages_read > 0"):
        assert time.monotonic() < deadline, site.log()
    assert not site.rows("SELECT 1 FROM documents_file WHERE finished")


def states(site: Site) -> list[tuple[str, str, str, int]]:
    return site.rows("SELECT facts_state, pictures_state, text_state, pages_read FROM documents_file")


def test_a_worker_killed_while_it_reads(site: Site) -> None:
    shared_and_half_read(site)
    site.kill_one("pliego.worker")
    site.rows("UPDATE documents_file SET lease_until = ?", LONG_AGO)  # or the next one would wait for a minute
    site.read_all()
    assert states(site) == [("done", "done", "done", PAGES)]


def test_a_parser_killed_while_it_reads(site: Site) -> None:
    shared_and_half_read(site)
    site.kill_one("pliego.pdf.parser")
    site.read_all()
    assert states(site) == [("done", "done", "done", PAGES)]


def test_a_web_server_killed_comes_back(site: Site) -> None:
    site.kill_one("granian")
    deadline = time.monotonic() + 120
    while not site.answers():
        assert time.monotonic() < deadline


def test_nothing_of_a_site_outlives_its_supervisor_or_its_web_server(site: Site) -> None:
    """Else a web server that is left over answers on the port of the next one, for ever."""
    supervisor, *children = site.processes()
    (server, *_) = [pid for pid in children if "granian" in Path(f"/proc/{pid}/cmdline").read_text()]
    workers = family_of(server)[1:]
    os.kill(server, signal.SIGKILL)
    wait_for_the_end_of(workers)
    while not site.answers():
        time.sleep(0.05)
    children = site.processes()[1:]
    os.kill(supervisor, signal.SIGKILL)
    wait_for_the_end_of(children)


def test_a_web_server_that_has_just_begun_ends_with_its_supervisor(site: Site) -> None:
    """Its workers do not listen to signals yet."""
    site.kill_one("granian")
    supervisor, *others = site.processes()
    deadline = time.monotonic() + 60
    while len(begun := [pid for pid in site.processes() if pid not in others][1:]) < 2:
        assert time.monotonic() < deadline
    os.kill(supervisor, signal.SIGKILL)
    wait_for_the_end_of(begun)


def wait_for_the_end_of(processes: list[int]) -> None:
    deadline = time.monotonic() + 20
    while any(alive(pid) for pid in processes):
        assert time.monotonic() < deadline, [pid for pid in processes if alive(pid)]
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether it runs; one that nobody has waited for does not."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_the_whole_site_killed_amid_many_uploads(site: Site) -> None:
    chance = random.Random(5)
    acknowledged: dict[str, bytes] = {}

    def send(number: int) -> None:
        pdf = samples.leaflet(f"n.º {number}").ljust(chance.randrange(2_000, 400_000))
        try:
            answer = site.share(pdf, f"{number}.pdf")
        except (OSError, http.client.HTTPException):
            return  # killed meanwhile: nobody was told that it had arrived
        if answer["status"] == "201":
            acknowledged[urlsplit(answer["page"]).path] = pdf

    for round_ in range(3):
        with ThreadPoolExecutor(6) as pool:
            for number in range(40):
                pool.submit(send, round_ * 100 + number)
            while len(acknowledged) < 10 * (round_ + 1):
                time.sleep(0.001)
            site.kill()
        site.start()
    verify(site, acknowledged)


def verify(site: Site, acknowledged: dict[str, bytes]) -> None:
    """Every acknowledged file is there, and whatever is there is whole."""
    known = dict(site.rows("SELECT id, file_id FROM documents_document"))
    for path, pdf in acknowledged.items():
        assert known[path.split("/")[2]] == hashlib.sha256(pdf).hexdigest()
    assert {sha256 for (sha256,) in site.rows("SELECT sha256 FROM documents_file")} == set(known.values())
    for sha256 in known.values():
        blob = site.data / "blobs" / sha256[:2] / sha256[2:4] / sha256
        assert hashlib.sha256(blob.read_bytes()).hexdigest() == sha256
    site.rows("UPDATE documents_file SET lease_until = ?", LONG_AGO)
    site.read_all(within=150)
    assert {state for row in states(site) for state in row[:3]} == {"done"}


def test_it_stops_when_it_is_told_and_goes_on_where_it_stood(site: Site) -> None:
    shared_and_half_read(site)
    assert site.stop() == 0
    site.rows("UPDATE documents_file SET lease_until = ?", LONG_AGO)
    site.start()
    site.read_all()
    assert states(site) == [("done", "done", "done", PAGES)]
