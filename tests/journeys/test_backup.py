"""A backup while people share, brought back on an empty machine; and one that is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest

from tests import samples
from tests.journeys.site import Site
from tests.people import leaflet

WITHIN = 120.0


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "one").mkdir()
    site = Site(tmp_path / "one" / "data")
    yield site
    site.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def pliego(data: Path, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PLIEGO_DATA": str(data), "PLIEGO_MIN_FREE_MB": "0"}
    command = [sys.executable, "-m", "pliego", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def said(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, _ = process.communicate(timeout=WITHIN)
    return process.returncode, out


def seen(site: Site, path: str) -> tuple[str, str, bytes]:
    """The head of a document's page but for its numbers, its text, and its bytes."""
    page = site.ask("GET", path, Accept="text/html").body.decode()  # type: ignore[attr-defined]
    head = page.partition('<header class="title-page">')[2].partition("</header>")[0]
    text = site.ask("GET", f"{path}text").body.decode()  # type: ignore[attr-defined]
    words = text.partition("<main")[2].partition("</main>")[0]
    file = site.ask("GET", f"{path}{path.split('/')[-2]}.pdf").body  # type: ignore[attr-defined]
    return re.sub(r"\d+", "", head), re.sub(r"\d+", "", words), file


def is_found(site: Site, words: str, path: str) -> bool:
    return path in site.ask("GET", f"/buscar/?q={words}").body.decode()  # type: ignore[attr-defined]


def test_a_backup_while_people_share_is_a_site_again(site: Site, folder: Path, tmp_path: Path) -> None:
    pdf = leaflet("zarzamora")
    page = urlsplit(site.share(pdf, "libro.pdf")["page"]).path
    site.read_all()
    path = site.ask("GET", page).headers["Location"]  # it has a title now
    done = Event()
    shared: list[str] = []

    def people() -> None:
        while not done.wait(0.1):
            shared.append(site.share(samples.leaflet(f"hoja {len(shared)}"))["status"])

    sharing = Thread(target=people)
    sharing.start()
    try:
        code, words = said(pliego(site.data, "backup", str(folder)))
    finally:
        done.set()
        sharing.join()
    assert code == 0, words
    assert set(shared) == {"201"}
    there = seen(site, path)
    assert all(there)

    (tmp_path / "two").mkdir()
    code, words = said(pliego(tmp_path / "two" / "data", "restore", str(folder)))
    assert (code, "all as they were shared" in words) == (0, True), words
    restored = Site(tmp_path / "two" / "data")
    try:
        assert seen(restored, path) == there
        assert restored.ask("GET", f"{path}{path.split('/')[-2]}.pdf").body == pdf  # type: ignore[attr-defined]
        restored.read_all()
        deadline = time.monotonic() + WITHIN
        while not is_found(restored, "zarzamora", path):  # its index is built anew
            assert time.monotonic() < deadline, restored.log()
            time.sleep(0.1)
    finally:
        restored.kill()


def test_a_backup_that_is_killed_is_none(site: Site, folder: Path, tmp_path: Path) -> None:
    for number in range(30):
        site.share(samples.leaflet(f"hoja {number}"))
    killed = pliego(site.data, "backup", str(folder))
    while not (folder / "unfinished" / "under-way").exists():
        assert killed.poll() is None
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    code, words = said(pliego(tmp_path / "data", "restore", str(folder)))
    assert (code, "no-backup" in words) == (1, True), words
    assert said(pliego(site.data, "backup", str(folder)))[0] == 0
    assert said(pliego(tmp_path / "data", "restore", str(folder)))[0] == 0
