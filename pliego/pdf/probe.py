"""Try, inside the real confinement, everything that a hostile PDF must not be able to do.

Runs as a task of a confined child; `pliego doctor` prints the outcome. Denied means that the kernel refused with EPERM
or EACCES. Any other outcome counts as allowed, a refused connection too: the network answered.
"""

import ctypes
import errno
import mmap
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

from pliego.pdf.child import Answer, Job

_PTRACE_SEIZE = 0x4206
_SIGNAL_NONE = 0
_REFUSED = (errno.EPERM, errno.EACCES)


@dataclass(frozen=True, slots=True)
class Probe:
    """One attempt."""

    name: str
    denied: bool
    reason: str
    """Name of the kernel's error, or what happened instead."""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Raise TypeError or KeyError on anything that is not of this shape."""
        return cls(name=str(data["name"]), denied=data["denied"] is True, reason=str(data["reason"])[:200])


def run(job: Job) -> Iterator[Answer]:
    """Every attempt in order, told as it happens: one that succeeds may well be the last."""
    for name, attempt in _attempts(job.params).items():
        yield asdict(_outcome(name, attempt))


def _attempts(params: dict[str, Any]) -> dict[str, Callable[[], object]]:
    database = Path(params.get("database", "/"))
    return {
        "connect by TCP": partial(_connect, socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 9)),
        "connect by UDP": partial(_connect, socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 9)),
        "connect to a local socket": partial(_connect, socket.AF_UNIX, socket.SOCK_STREAM, "/run/probe"),
        "open the database": partial(os.open, database, os.O_RDWR),
        "open another file": partial(os.open, "/etc/passwd", os.O_RDONLY),
        "list a folder": partial(os.listdir, "/"),
        "write a file": partial(os.open, database.parent / ".probe", os.O_WRONLY | os.O_CREAT),
        "delete a file": partial(os.unlink, database.parent / ".probe"),
        "read its own memory as a file": partial(os.open, "/proc/self/mem", os.O_RDWR),
        "make memory executable": partial(mmap.mmap, -1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_EXEC),
        "find secrets in the environment": partial(_find_secrets, params.get("secrets", [])),
        "signal the parser process": partial(os.kill, os.getppid(), _SIGNAL_NONE),
        "trace the parser process": partial(_trace, os.getppid()),
        "start a process": _fork,
        "run a program": partial(os.execv, "/bin/true", ["/bin/true"]),
    }


def _outcome(name: str, attempt: Callable[[], object]) -> Probe:
    try:
        attempt()
    except OSError as error:
        return Probe(name, error.errno in _REFUSED, errno.errorcode.get(error.errno or 0, "unknown error"))
    return Probe(name, denied=False, reason="it worked")


def _connect(family: int, kind: int, address: Any) -> None:
    with socket.socket(family, kind) as sock:
        sock.settimeout(1)
        sock.connect(address)


def _find_secrets(secrets: list[str]) -> None:
    """The environment is empty of them: reported like a refusal."""
    values = [*os.environ.values(), *map(os.fsdecode, os.environb.values())]
    if not any(secret in value for secret in secrets for value in values if secret):
        raise PermissionError(errno.EACCES, "nothing there")


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def _trace(pid: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(_PTRACE_SEIZE, pid, None, None) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


PROBES = tuple(_attempts({}))
"""Names of all attempts, in order."""
