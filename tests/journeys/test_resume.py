"""A resumable upload to a real server over a real connection: cut at random bytes, and the server killed meanwhile."""

import base64
import hashlib
import http.client
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

PDF = b"%PDF-1.4\n" + random.Random(7).randbytes(3_000_000) + b"%%EOF\n"
STARTS_WITHIN = 60.0


class Site:
    """A site of its own on a free port; killed and started again it keeps its data."""

    def __init__(self, data: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self._environment = {**os.environ, "PLIEGO_DATA": str(data), "PLIEGO_MIN_FREE_MB": "0"}
        self._log = data.parent / "site.log"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "pliego", "serve", "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """Every process of the site at once, without a word."""
        family = family_of(self._process.pid)
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in family):
            time.sleep(0.01)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: object) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        connection.request(method, path, body or None, {"Tus-Resumable": "1.0.0"} | named)
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]  # the connection is not kept
        connection.close()
        return answer

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/healthz").status == 200
        except OSError:
            return False


def family_of(pid: int) -> list[int]:
    """A process and all that came of it."""
    family = [pid]
    for each in family:
        with suppress(FileNotFoundError):
            family += map(int, Path(f"/proc/{each}/task/{each}/children").read_text().split())
    return family


class Upload:
    """A small tus client."""

    def __init__(self, site: Site, data: bytes) -> None:
        self.site, self.data = site, data
        name = base64.b64encode(b"resumed.pdf").decode()
        begun = site.ask("POST", "/subidas/", Upload_Length=len(data), Upload_Metadata=f"filename {name}")
        assert begun.status == 201
        self.path = urlsplit(begun.headers["Location"]).path
        self.page = urlsplit(begun.headers["Pliego-Page"]).path

    def offset(self) -> int:
        """Ask how far it has come; the server may still be busy with what came before a cut."""
        while (answer := self.site.ask("HEAD", self.path)).status == 423:
            time.sleep(0.02)
        assert answer.status == 200
        return int(answer.headers["Upload-Offset"])

    def send_part(self, offset: int, length: int, *, reset: bool = False) -> socket.socket:
        """Announce all the rest but send only ``length`` bytes of it; give the connection, still open."""
        connection = socket.create_connection(("127.0.0.1", self.site.port), timeout=30)
        if reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        head = (
            f"PATCH {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.site.port}\r\nTus-Resumable: 1.0.0\r\n"
            f"Upload-Offset: {offset}\r\nContent-Type: application/offset+octet-stream\r\n"
            f"Content-Length: {len(self.data) - offset}\r\n\r\n"
        )
        connection.sendall(head.encode() + self.data[offset : offset + length])
        return connection

    def finish(self) -> None:
        """Send the rest; again from the true offset while an earlier piece is still being put away."""
        for _ in range(200):
            offset = self.offset()
            kind = "application/offset+octet-stream"
            answer = self.site.ask("PATCH", self.path, self.data[offset:], Upload_Offset=offset, Content_Type=kind)
            if answer.status == 204:
                return
            assert answer.status in {409, 423}
            time.sleep(0.02)
        pytest.fail("the upload stays busy")

    def verify(self) -> None:
        """The document holds exactly the bytes that were sent."""
        page = self.site.ask("GET", self.page)
        assert page.status == 302
        file = self.site.ask("GET", page.headers["Location"] + page.headers["Location"].split("/")[-2] + ".pdf")
        assert file.status == 200
        assert hashlib.sha256(file.body).digest() == hashlib.sha256(self.data).digest()  # type: ignore[attr-defined]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "data")
    yield site
    site.kill()


def settled(upload: Upload, least: int) -> int:
    """The offset once the server has noticed the cut and put away what had come."""
    deadline = time.monotonic() + 10
    while (offset := upload.offset()) < least and time.monotonic() < deadline:
        time.sleep(0.02)
    return offset


def test_cut_at_random_bytes(site: Site) -> None:
    chance = random.Random(11)
    upload = Upload(site, PDF)
    offset = 0
    for _ in range(12):
        length = chance.randrange(0, (len(PDF) - offset) // 4)
        upload.send_part(offset, length).close()
        assert settled(upload, offset + length) == offset + length
        offset += length
    upload.finish()
    upload.verify()


def test_reset_at_random_bytes(site: Site) -> None:
    chance = random.Random(13)
    upload = Upload(site, PDF)
    for _ in range(8):
        offset = upload.offset()
        upload.send_part(offset, chance.randrange(0, (len(PDF) - offset) // 4), reset=True).close()
        assert upload.offset() >= offset
    upload.finish()
    upload.verify()


def test_the_server_is_killed_while_bytes_come(site: Site) -> None:
    upload = Upload(site, PDF)
    with upload.send_part(0, 2_000_000):
        while upload.offset() < 1_900_000:
            time.sleep(0.01)
        site.kill()
    site.start()
    assert 1_900_000 <= upload.offset() <= 2_000_000
    upload.finish()
    upload.verify()


def test_the_server_is_killed_around_the_last_byte(site: Site) -> None:
    chance = random.Random(17)
    for number in range(4):
        upload = Upload(site, PDF + bytes([number]))
        with upload.send_part(0, len(upload.data)):
            time.sleep(chance.random() * 0.04)
            site.kill()
        site.start()
        upload.finish()
        upload.verify()
