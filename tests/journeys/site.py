"""A real site for a journey: `pliego serve` on a free port, with a data folder of its own."""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

EDGE = "------------------------e5a1bd2c7f603d94"
STARTS_WITHIN = 120.0
STOPS_WITHIN = 120.0
LONG_AGO = "2000-01-01 00:00:00"
"""As the database writes it: when leases of a killed process are to have ended, or its work would wait for a minute."""
READS_WITHIN = 240.0
"""Seconds after which something is wrong, however busy the machine is."""


class Site:
    """A site of its own on a free port; killed and started again it keeps its data."""

    def __init__(self, data: Path, **settings: object) -> None:
        self.data = data
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        named = {f"PLIEGO_{name.upper()}": str(value) for name, value in settings.items()}
        self._environment = {**os.environ, "PLIEGO_DATA": str(data), "PLIEGO_MIN_FREE_MB": "0", **named}
        self._log = data.parent / "site.log"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "pliego", "serve", "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        deadline = time.monotonic() + STARTS_WITHIN
        while not self.answers():
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

    def processes(self) -> list[int]:
        """Its processes, the supervisor first."""
        return family_of(self._process.pid)

    def stop(self) -> int:
        """Tell it to stop and give its exit code; no process of it is left."""
        family = family_of(self._process.pid)
        self._process.terminate()
        code = self._process.wait(STOPS_WITHIN)
        assert not [pid for pid in family if Path(f"/proc/{pid}").exists()]
        return code

    def restart(self, **settings: object) -> None:
        """Kill it and start it with other settings."""
        self.kill()
        self._environment |= {f"PLIEGO_{name.upper()}": str(value) for name, value in settings.items()}
        self.start()

    def kill_one(self, word: str) -> None:
        """Kill those of its processes whose command line holds a word, of which there is one at least."""
        killed = 0
        for pid in family_of(self._process.pid):
            with suppress(FileNotFoundError, ProcessLookupError):
                if word in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " "):
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
        assert killed

    def terminal(self, *words: str) -> str:
        """What a command says in another terminal, where only the data folder is known."""
        command = [sys.executable, "-m", "pliego", *words]
        return subprocess.run(command, env=self._environment, check=True, capture_output=True, text=True).stdout

    def log(self) -> str:
        """All that it has said so far."""
        return self._log.read_text()

    def rows(self, query: str, *words: object) -> list[Any]:
        """Ask or change its database behind its back."""
        with closing(sqlite3.connect(self.data / "pliego.sqlite3", timeout=10)) as database, database:
            return database.execute(query, words).fetchall()

    def share(self, pdf: bytes, name: str = "x.pdf", **fields: str) -> dict[str, str]:
        """Send a file as curl does: the lines of the answer, with its status."""
        answer = self.ask("POST", "/", form(pdf, name, fields), Content_Type=f"multipart/form-data; boundary={EDGE}")
        lines = answer.body.decode().splitlines()  # type: ignore[attr-defined]
        return {"status": str(answer.status), **dict(line.split(": ", 1) for line in lines)}

    def read_all(self, within: float = READS_WITHIN) -> None:
        """Wait until the reading of every file has ended, well or badly."""
        deadline = time.monotonic() + within
        while waiting := self.rows("SELECT sha256, tries FROM documents_file WHERE NOT finished"):
            assert time.monotonic() < deadline, (waiting, self.log())
            time.sleep(0.05)

    def recognise_all(self, within: float = READS_WITHIN) -> None:
        """Wait until the words of every scan are recognised."""
        deadline = time.monotonic() + within
        while self.rows("SELECT 1 FROM documents_file WHERE ocr_state = 'pending'"):
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.1)

    def ask(self, method: str, path: str, body: bytes = b"", /, **headers: object) -> http.client.HTTPResponse:
        named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body or None, {"Tus-Resumable": "1.0.0"} | named)
            answer = connection.getresponse()
            answer.body = answer.read()  # type: ignore[attr-defined]  # the connection is not kept
        return answer

    def answers(self) -> bool:
        """Whether it can be asked."""
        try:
            return self.ask("GET", "/healthz").status == 200
        except OSError:
            return False


def form(pdf: bytes, name: str = "x.pdf", fields: dict[str, str] | None = None) -> bytes:
    """The body of the form of the home page."""
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}'
        for key, value in (fields or {}).items()
    ]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return "\r\n".join([*parts, head]).encode() + pdf + f"\r\n--{EDGE}--\r\n".encode()


def family_of(pid: int) -> list[int]:
    """A process and all that came of it."""
    family = [pid]
    for each in family:
        with suppress(FileNotFoundError):
            family += map(int, Path(f"/proc/{each}/task/{each}/children").read_text().split())
    return family
