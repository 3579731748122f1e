"""A resumable upload to a real server over a real connection: cut at random bytes, and the server killed meanwhile."""

import base64
import hashlib
import random
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.site import Site

PDF = b"%PDF-1.4\n" + random.Random(7).randbytes(3_000_000) + b"%%EOF\n"
WITHIN = 60.0
AT_ONCE = 64 * 1024
"""Bytes that the server reads at a time: as many may be under way to the disk."""


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
        """Send the rest."""
        self.send_when_free(len(self.data))

    def settle(self) -> int:
        """The offset once the server has noticed a cut and put away what had come."""
        return self.send_when_free(0)

    def send_when_free(self, length: int) -> int:
        """Send so many bytes from the true offset on, again while an earlier piece is still being put away.

        A server that refuses a piece may close the connection while the piece is still being sent.
        """
        kind = "application/offset+octet-stream"
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline:
            offset = self.offset()
            body = self.data[offset : offset + length]
            with suppress(ConnectionError):
                answer = self.site.ask("PATCH", self.path, body, Upload_Offset=offset, Content_Type=kind)
                if answer.status == 204:
                    return offset
                assert answer.status in {409, 423}
            time.sleep(0.02)
        pytest.fail("the upload stays busy")

    def wait_for(self, offset: int) -> None:
        """Wait until the server has put away the bytes before an offset."""
        deadline = time.monotonic() + WITHIN
        while self.offset() < offset:
            assert time.monotonic() < deadline
            time.sleep(0.01)

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


def test_cut_at_random_bytes(site: Site) -> None:
    chance = random.Random(11)
    upload = Upload(site, PDF)
    offset = 0
    for _ in range(12):
        length = chance.randrange(0, (len(PDF) - offset) // 4)
        with upload.send_part(offset, length):
            upload.wait_for(offset + length - AT_ONCE)
        offset, earlier = upload.settle(), offset
        assert earlier + length - AT_ONCE <= offset <= earlier + length
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
        upload.wait_for(1_900_000)
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
