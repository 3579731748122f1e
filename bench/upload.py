"""A 300 MB upload: by the plain form and in one piece by tus, against the same server with a view that copies to disk.

Aim: 0.8 of its rate; the web worker's memory grows by 16 MB at most. The copy is synced and stays, as an upload is and
does: writing over what was deleted a moment ago is faster on many disks.
"""

import base64
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench.measurement import Measurement, seconds, side_by_side
from bench.processes import forget_highest, highest_memory, resident_memory
from bench.site import Client, Site, free_port, throw_away_site, wait_for_port
from pliego.pdf.typeset import Leaflet, Section, write
from tests.journeys.site import form

SIZE = 300_000_000
ROUNDS = 9
_VIEW = '''
"""What the server does when all it has to do is to put a body on disk."""
import os, tempfile

HERE = os.path.dirname(__file__)

def application(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length:
        with tempfile.NamedTemporaryFile(dir=HERE, buffering=0, delete=False) as file:
            while block := environ["wsgi.input"].read(min(1 << 18, length)):
                length -= len(block)
                file.write(block)
            os.fsync(file.fileno())
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]
'''


def measure() -> Iterator[Measurement]:
    """Rates of one upload after the other."""
    pdf, place = large_pdf()
    with throw_away_site() as site, raw_server() as raw:
        growth = []
        for name, pack, send in (("the plain form", form, send_form), ("tus", bytes, send_by_tus)):

            def share(pack: Callable[[bytes], bytes] = pack, send: Callable[[Site, bytes], None] = send) -> float:
                site.wait_until_read()
                pdf[place : place + 8] = os.urandom(8)  # never the same file twice
                body = pack(bytes(pdf))
                return SIZE / 1e6 / seconds(lambda: send(site, body))

            [web] = site.members()["web"]
            before = resident_memory(web)
            forget_highest(web)
            rates = side_by_side(share, lambda: SIZE / 1e6 / seconds(lambda: copy(raw, pdf)), ROUNDS)
            growth.append(highest_memory(web) - before)
            yield Measurement(f"300 MB upload, {name}", rates[0], "MB/s", 0.8, "copy to disk", rates[1], at_least=True)
    yield Measurement("growth of the web worker meanwhile", max(growth), "MB", aim=16)


def large_pdf() -> tuple[bytearray, int]:
    """A page with a stream that nothing uses added to it: soon read, however large. And where its bytes begin."""
    pdf = bytearray(write(Leaflet("Large", "Nobody", "en", (Section("One", ("A page.",)),))))
    earlier, added = int(pdf.split()[-2]), len(pdf)
    pdf += b"99 0 obj\n<< /Length %d >>\nstream\n" % SIZE
    place = len(pdf)
    pdf += os.urandom(SIZE) + b"\nendstream\nendobj\n"
    table = len(pdf)
    pdf += b"xref\n99 1\n%010d 00000 n \ntrailer\n<< /Size 100 /Root 1 0 R /Prev %d >>\n" % (added, earlier)
    return pdf + b"startxref\n%d\n%%%%EOF\n" % table, place


def send_form(site: Site, body: bytes) -> None:
    """As a browser without scripts does, or curl."""
    with closing(site.client()) as client:
        client.send_form(body)
        client.page_of_form()


def send_by_tus(site: Site, pdf: bytes) -> None:
    """As the browser does."""
    name = base64.b64encode(b"bench.pdf").decode()
    with closing(site.client()) as client:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(pdf)), "Upload-Metadata": f"filename {name}"}
        client.request("POST", "/subidas/", headers=headers)
        begun = client.getresponse()
        begun.read()
        kind = "application/offset+octet-stream"
        headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": kind}
        client.request("PATCH", urlsplit(begun.headers["Location"]).path, pdf, headers)
        answer = client.getresponse()
        if answer.status != 204:
            raise RuntimeError(f"the piece is answered with {answer.status}")


def copy(port: int, pdf: bytearray) -> None:
    """To the raw view."""
    with closing(Client(port)) as client:
        client.request("PUT", "/", pdf)
        client.getresponse().read()


@contextmanager
def raw_server() -> Iterator[int]:
    """The server of the site with the raw view; gives its port."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as folder:
        (Path(folder) / "raw.py").write_text(_VIEW, encoding="utf-8")
        options = ["--interface=wsgi", "--host=127.0.0.1", f"--port={port}", "--http=1", "--blocking-threads=8"]
        command = [sys.executable, "-m", "granian", *options, "--log-level=error", "raw:application"]
        with subprocess.Popen(command, cwd=folder) as server:
            try:
                wait_for_port(port, server)
                yield port
            finally:
                server.terminate()
