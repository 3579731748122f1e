"""The life of a confined child: leave the parser process behind, shut in, run one task, answer, end."""

import errno
import fcntl
import os
import signal
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Any, NoReturn

from pliego.errors import DiskFull, PliegoError
from pliego.lifeline import end_with
from pliego.pdf import frames
from pliego.pdf.confinement import Limits, confine
from pliego.pdf.frames import Kind

OUT_OF_MEMORY = 3
"""Exit code of a child that has not even the memory to say so."""
_CRASHED = 1
_FIRST_OWN = 3  # descriptors 0 to 2 are /dev/null
_OUT_OF_THE_WAY = 256


@dataclass(frozen=True, slots=True)
class Job:
    """What a task works on."""

    params: dict[str, Any]
    descriptors: list[int] = field(default_factory=list)
    """Open files of the request: the PDF, then the output."""
    tell: Callable[["Answer"], None] = lambda _: None
    """Send an answer at once, in the midst of the work."""


Answer = dict[str, Any] | bytes


@dataclass(frozen=True, slots=True)
class Task:
    """Something a child can be asked for."""

    run: Callable[[Job], Iterator[Answer]]
    interactive: bool = False
    """Somebody waits in front of a page for it."""
    prepare: Callable[[dict[str, Any]], None] = lambda _: None
    """Called with the params before the child is forked, to load what it will need; it opens no file of others."""
    enter: Callable[[], None] = lambda: None
    """Called in the child just before it is shut in, for what no two children may share, such as random numbers."""


def stopped(reason: str, where: str = "") -> bytes:
    """The payload of a message that says that the reader was ended."""
    return frames.encode({"code": "reader-stopped", "reason": reason, "where": where})


_NO_MEMORY = stopped("memory")


def answer(
    sock: socket.socket, task: Task, params: dict[str, Any], descriptors: list[int], limits: Limits, mapped: int
) -> NoReturn:
    """Run a task in this freshly forked process and end it. ``mapped``: address space of the parser process."""
    with _Ending(sock) as ending:
        ending.sock = sock = _keep_only(sock, descriptors)
        tell = partial(_tell, sock)
        job = Job(params, list(range(_FIRST_OWN + 1, _FIRST_OWN + 1 + len(descriptors))), tell)
        size = sum(os.fstat(descriptor).st_size for descriptor in job.descriptors)
        frames.send(sock, Kind.STARTED)
        task.enter()
        confine(limits, mapped + size)
        for message in task.run(job):
            tell(message)
    raise AssertionError("the child has ended")


def _tell(sock: socket.socket, message: Answer) -> None:
    if isinstance(message, bytes):
        frames.send(sock, Kind.BYTES, message)
    else:
        frames.send(sock, Kind.JSON, frames.encode(message))


def _keep_only(sock: socket.socket, descriptors: list[int]) -> socket.socket:
    """Close everything but the connection and the files, which become descriptors 3, 4 and so on.

    Signals are as in a new process again, and the child ends with its parent.
    """
    parent = os.getppid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Out of the way first: their numbers may be among those that the others are to get.
    kept = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, _OUT_OF_THE_WAY) for descriptor in (sock.fileno(), *descriptors)]
    sock.detach()
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(_FIRST_OWN):
        os.dup2(null, number)
    for number, descriptor in enumerate(kept, start=_FIRST_OWN):
        os.dup2(descriptor, number)
    os.closerange(_FIRST_OWN + len(kept), os.sysconf("SC_OPEN_MAX"))
    end_with(parent)
    return socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=_FIRST_OWN)


class _Ending:
    """However the task goes, the client gets a last word and the process ends here, without any clean-up."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock

    def __enter__(self) -> "_Ending":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> NoReturn:
        code = _CRASHED
        try:
            with suppress(OSError):
                self._say(error, trace)
                code = 0
        except MemoryError:
            code = OUT_OF_MEMORY
        finally:
            os._exit(code)

    def _say(self, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            frames.send(self.sock, Kind.END)
        else:
            frames.send(self.sock, Kind.ERROR, _last_word(error, trace))


def _last_word(error: BaseException, trace: TracebackType | None) -> bytes:
    if isinstance(error, MemoryError):
        return _NO_MEMORY
    if isinstance(error, PliegoError):
        return frames.encode({"code": error.code, **error.params})
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return _NO_MEMORY
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return stopped("size")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return frames.encode({"code": DiskFull.code})
    return stopped("crash", _where(error, trace))


def _where(error: BaseException, trace: TracebackType | None) -> str:
    """The kind of an unexpected error and where it arose. Not its text, which may quote the document."""
    places = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    place = f"{os.path.basename(places[-1].filename)}:{places[-1].lineno}" if places else "?"  # noqa: PTH119
    return f"{type(error).__name__} at {place}"
