"""Tools without a site: one confined child of the calling process for each run, no parser process, no network.

The child is a new process, `python -m pliego.pdf.alone SOCKET`: it loads what the tool needs, uses it once on files of
our own, and is shut in before it looks at the inputs.
"""

import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from pliego.errors import ReaderBusy
from pliego.pdf import frames
from pliego.pdf.child import Task, answer
from pliego.pdf.confinement import Limits, mapped_now
from pliego.pdf.reader import Reader
from pliego.pdf.sandbox import environment


class OwnChild(Reader):
    """A Reader for `run` alone."""

    def __init__(self) -> None:
        super().__init__(Path("/dev/null"))

    @contextmanager
    def _begun(self, request: dict[str, Any], descriptors: Sequence[int]) -> Iterator[socket.socket]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", "-m", "pliego.pdf.alone", str(theirs.fileno())]
        with closing(ours):
            try:
                with closing(theirs):
                    process = subprocess.Popen(
                        command, pass_fds=[theirs.fileno()], env=environment(),
                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    )  # fmt: skip
            except OSError as error:
                raise ReaderBusy from error
            try:
                frames.send_request(ours, request, descriptors)
                yield ours
            finally:
                process.kill()
                process.wait()


def main(number: str) -> NoReturn:
    """The life of the child. Libraries are loaded here, and by name: the calling process is to hold none."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=int(number))
    select.select([sock], [], [])
    request, descriptors = frames.receive_request(sock)
    task: Task = import_module("pliego.pdf.exercise").TOOL
    task.prepare(request["params"])
    answer(sock, task, request["params"], descriptors, Limits.from_json(request["limits"]), mapped_now())


if __name__ == "__main__":
    main(sys.argv[1])
