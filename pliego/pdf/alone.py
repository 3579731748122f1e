"""Tools without a site: one confined child of the calling process for each run, no parser process, no network.

The child loads what the tool needs, uses it once on files of our own, and is shut in before it looks at the inputs.
"""

import os
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from pliego.errors import ReaderBusy
from pliego.pdf.child import Task, answer
from pliego.pdf.confinement import Limits, mapped_now
from pliego.pdf.reader import Reader


class OwnChild(Reader):
    """A Reader for `run` alone, which forks: the calling process must have no other thread."""

    def __init__(self) -> None:
        super().__init__(Path(os.devnull))

    @contextmanager
    def _begun(self, request: dict[str, Any], descriptors: Sequence[int]) -> Iterator[socket.socket]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with closing(ours):
            try:
                pid = os.fork()
            except OSError as error:
                raise ReaderBusy from error
            if pid == 0:
                ours.close()
                _live(theirs, request, list(descriptors))
            theirs.close()
            try:
                yield ours
            finally:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _live(sock: socket.socket, request: dict[str, Any], descriptors: list[int]) -> NoReturn:
    """The life of the child. Loaded here, and by name: the calling process is to hold no PDF library."""
    try:
        import_module("pliego.pdf.exercise").exercise(request["params"]["operation"], protected=True)
        task = Task(import_module("pliego.pdf.work").operate)
        answer(sock, task, request["params"], descriptors, Limits.from_json(request["limits"]), mapped_now())
    finally:
        os._exit(1)
