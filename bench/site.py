"""A whole site of one's own for a benchmark, in a throw-away data folder."""

import http.client
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from tests.journeys.site import EDGE, family_of, form
from tests.journeys.site import Site as JourneySite

STARTS_WITHIN = 60.0
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_UNSETTLED = (
    "SELECT 1 FROM documents_document d JOIN documents_file f ON f.sha256 = d.file_id WHERE NOT f.finished"
    " OR d.indexed_revision <> d.revision OR (f.subject_told IS NULL AND f.text_state IN ('done', 'partial')) LIMIT 1"
)
_ROLES = {"pliego.supervisor": "supervisor", "pliego.pdf.parser": "parser", "pliego.worker": "worker"}


class Site(JourneySite):
    """`pliego serve` on a free port, its data in ``folder``/data; gone at the end of a with block."""

    def __init__(self, folder: Path, **settings: object) -> None:
        super().__init__(folder / "data", **settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def members(self) -> dict[str, list[int]]:
        """The processes by what they are: supervisor, parser, worker, server (the parent of the web workers), web."""
        found: dict[str, list[int]] = {}
        for pid in family_of(self._process.pid):
            found.setdefault(_role(pid, found), []).append(pid)
        return found

    @property
    def family(self) -> list[int]:
        """Every process of the site."""
        return family_of(self._process.pid)

    def client(self) -> "Client":
        """A connection that stays open."""
        return Client(self.port)

    def page_of(self, pdf: bytes, name: str = "bench.pdf") -> str:
        """Share a PDF by the plain form and give the path of its page."""
        with closing(self.client()) as client:
            client.send_form(form(pdf, name))
            return client.page_of_form()

    def wait_until_settled(self, within: float = 600.0) -> None:
        """Wait until every shared file is read, its subject told, and indexed: nothing changes its page any more."""
        self.wait_until_read(within)
        deadline = time.monotonic() + within
        while self.rows(_UNSETTLED):
            if time.monotonic() > deadline:
                raise TimeoutError("the site tells and tells")
            time.sleep(0.05)

    def wait_until_read(self, within: float = 600.0) -> None:
        """Wait until every shared file is read; more impatient than a journey."""
        deadline = time.monotonic() + within
        while self.rows("SELECT 1 FROM documents_file WHERE NOT finished LIMIT 1"):
            if time.monotonic() > deadline:
                raise TimeoutError("the site reads and reads")
            time.sleep(0.01)


def _role(pid: int, found: dict[str, list[int]]) -> str:
    command = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    for part, role in _ROLES.items():
        if part in command:
            return role
    return "web" if "server" in found else "server"


class Client(http.client.HTTPConnection):
    """A browser's connection, kept open; each answer is read to its end."""

    def __init__(self, port: int) -> None:
        super().__init__("127.0.0.1", port, timeout=120)

    def get(self, path: str, expected: int = 200, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask for something; raise RuntimeError when it is answered with another status."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.request("GET", path, headers={"User-Agent": BROWSER, "Accept-Encoding": "gzip", **named})
        answer = self.getresponse()
        body = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{path} answers {answer.status}")
        return answer, body

    def lasting(self, page: str) -> str:
        """The address of a document's page once it has been read: its title may have changed it."""
        answer, _ = self.get(f"/d/{page.split('/')[2]}/", expected=302)
        return str(answer.headers["Location"])

    def send_form(self, body: bytes) -> None:
        """Send the home page's form as `curl -F file=@NAME` does; done when the last byte has left."""
        self.putrequest("POST", "/")
        self.putheader("Content-Type", f"multipart/form-data; boundary={EDGE}")
        self.putheader("Content-Length", str(len(body)))
        self.endheaders(body)

    def page_of_form(self) -> str:
        """The answer to the form: the path of the document's page."""
        answer = self.getresponse()
        lines = answer.read().decode().splitlines()
        if answer.status >= 400:
            raise RuntimeError(lines[0])
        return urlsplit(next(line for line in lines if line.startswith("page: "))[6:]).path


@contextmanager
def throw_away_site(**settings: object) -> Iterator[Site]:
    """A site that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as folder, Site(Path(folder), **settings) as site:
        yield site


def picture_of(page: str, number: int, width: int) -> str:
    """The path of a picture of the document whose page is at ``page``."""
    return f"/d/{page.split('/')[2]}/p/{number}.webp?w={width}"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers there, whatever it says; raise RuntimeError when it ends or takes too long."""
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            with closing(Client(port)) as client:
                client.get("/healthz")
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start: {process.args!r}") from None
            time.sleep(0.01)
