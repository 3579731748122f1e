"""The parent of a running site: parser, worker and web server as children, started, watched and stopped together.

It imports next to nothing and stays small. A child that ends is started again, after a pause that
doubles while it keeps ending; the first SIGTERM or Ctrl-C stops all of them cleanly, a second Ctrl-C at once.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

from pliego import whereabouts
from pliego.lifeline import end_with
from pliego.pdf.sandbox import socket_in, start_parser

STOP_WITHIN = 15.0
"""Seconds that a child has to stop by itself."""
STOP_EARLY_WITHIN = 1.0
"""The same before the site has answered. A web server that is told to end while it starts may not hear it."""
SHORTEST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY = 10.0
"""A child that has lived for so many seconds ended by accident, not by a fault that repeats at once."""


def say(sentence: str) -> None:
    """Say one sentence on stderr, at once. Where that leads to a full disk the site goes on in silence."""
    with suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - the supervisor's voice


Launch = Callable[[], "subprocess.Popen[bytes]"]


@dataclass
class Child:
    """One process of the site."""

    name: str
    launch: Launch
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = SHORTEST_PAUSE
    start_at: float = 0.0

    def tend(self, now: float) -> None:
        """Start it if it is due; note its end and set the time of its next start."""
        if self.process is None:
            if now >= self.start_at:
                self.process, self.started = self.launch(), now
        elif (code := self.process.poll()) is not None:
            self.pause = SHORTEST_PAUSE if now - self.started > STEADY else min(self.pause * 2, LONGEST_PAUSE)
            self.start_at = now + self.pause
            self.process = None
            say(f"pliego: the {self.name} ended ({code}) and is started again in {self.pause:.0f} s")

    def kill(self) -> None:
        """End it at once."""
        if self.process is not None:
            self.process.kill()

    def stop(self, within: float) -> None:
        """Ask it to end, insist after so many seconds, and wait for it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


def started(command: list[str]) -> Launch:
    """A child in a session of its own: Ctrl-C reaches the supervisor alone, which stops the children in order."""
    # By itself glibc keeps what each of several threads has freed apart from what others need.
    environment = {**os.environ, "MALLOC_ARENA_MAX": "2"}
    tied = partial(end_with, os.getpid())
    return lambda: subprocess.Popen(command, env=environment, preexec_fn=tied, start_new_session=True)  # noqa: PLW1509 - no threads here


def parser(data: Path) -> Child:
    """The parser process."""
    return Child("parser", lambda: start_parser(socket_in(data)))


def worker() -> Child:
    """The background worker."""
    return Child("worker", started([sys.executable, "-m", "pliego.worker"]))


def web(host: str, port: int, workers: int, threads: int) -> Child:
    """The web server."""
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": workers,
        "blocking-threads": threads,
        "http": 1,
        "log-level": "error",
    }
    command = [sys.executable, "-m", "granian", *(f"--{name}={value}" for name, value in options.items())]
    return Child("web server", started([*command, "--no-ws", "--respawn-failed-workers", "pliego.wsgi:application"]))


class Supervisor:
    """Tends the children until it is told to stop."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the form of a signal handler
        if self.stopping and number == signal.SIGINT:  # a second SIGTERM may be the first, told to the whole group
            for child in self.children:
                child.kill()
        self.stopping = True

    def run(self, address: str) -> None:
        """Run until told to stop; say the address once the site answers there."""
        announced = False
        while not self.stopping:
            for child in self.children:
                child.tend(time.monotonic())
            if not announced and (announced := answers(address)):
                say(f"Pliego is at {address}  (Ctrl-C stops it)")
            time.sleep(0.5 if announced else 0.05)
        say("Pliego is stopping. What is under way may end first; Ctrl-C again stops it at once.")
        for child in reversed(self.children):
            child.stop(STOP_WITHIN if announced else STOP_EARLY_WITHIN)


def answers(address: str) -> bool:
    """Whether the site answers at its address."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def shown_host(host: str) -> str:
    """The host to say for an address to listen on."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def main() -> None:
    """Run a site; the words are its data folder, host, port, web workers and threads (see cli/serve.py)."""
    data, host, port, workers, threads = sys.argv[1:]
    address = f"http://{shown_host(host)}:{port}"
    children = [parser(Path(data)), worker(), web(host, int(port), int(workers), int(threads))]
    whereabouts.note(Path(data), address)
    Supervisor(children).run(address)


if __name__ == "__main__":
    main()
