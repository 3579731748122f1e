"""Shut the calling process in, for good: limits, no privileges, no files, no network, few system calls.

Four layers, each useful without the others: resource limits, capabilities given up, Landlock (landlock(7)) and a
seccomp filter. Where the machine lacks one, the rest is still put on; `capabilities` tells which, and `pliego doctor`
prints it.
Nothing here can be undone, so call `confine` in a forked child only.
"""

import ctypes
import os
import resource
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from pliego.pdf import seccomp

MIB = 1024 * 1024

MOST_THREADS = 4096
"""Of the user that a program runs as: the kernel counts all of them together."""

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_CAPABILITY_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # system call numbers, the same on every processor
_CREATE_RULESET_VERSION = 1
_FILE_RIGHTS = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
"""All rights on files that an ABI version knows; later versions as version 5."""
_READ_AND_RUN = 0x1 | 0x4 | 0x8  # execute, read a file, list a folder
_READ_AND_WRITE = 0x2 | 0x4
_DEVICES = tuple(map(Path, ("/dev/null", "/dev/zero", "/dev/urandom")))
_PATH_BENEATH = 1
_NET_RIGHTS = 0x3  # bind and connect TCP, from version 4
_SCOPES = 0x3  # abstract Unix sockets and signals stay inside, from version 6


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may use."""

    memory: int = 1024 * MIB
    """Bytes of address space above what the parser process has mapped and the size of the file."""
    cpu: int = 20
    """Seconds of processor time."""
    wall: float = 30.0
    """Seconds from start to end."""
    answer: int = 64 * MIB
    """Bytes sent back in all."""
    written: int = 0
    """Bytes in the output file."""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What a request asks for, within the hard maxima. Raise TypeError or ValueError on another shape."""
        wanted = asdict(cls(**data))
        for name, most in asdict(HARD_LIMITS).items():
            if not wanted[name] >= 0:
                raise ValueError(f"{name} is below zero")
            wanted[name] = min(most, type(most)(wanted[name]))
        return cls(**wanted)

    def to_json(self) -> dict[str, Any]:
        """The limits as a request carries them."""
        return asdict(self)


HARD_LIMITS = Limits(memory=4096 * MIB, cpu=3600, wall=7200.0, answer=1024 * MIB, written=16 * 1024 * MIB)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this machine offers for the confinement."""

    landlock: int
    """Version of the Landlock ABI, 0 for none: 1 confines files, 4 also TCP, 6 also signals and abstract sockets."""
    seccomp: bool

    @property
    def missing(self) -> list[str]:
        """What is not there, in words for the operator; empty is good."""
        lacks = []
        if not self.seccomp:
            lacks.append("seccomp filter (kernel option or processor)")
        if self.landlock < 1:
            lacks.append("Landlock (Linux 5.13, in the list of active security modules)")
        elif self.landlock < 4:
            lacks.append("Landlock for the network (Linux 6.7)")
        elif self.landlock < 6:
            lacks.append("Landlock for signals (Linux 6.12)")
        return lacks


class _Ruleset(ctypes.Structure):
    """struct landlock_ruleset_attr."""

    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    """struct landlock_path_beneath_attr."""

    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("folder", ctypes.c_int32)]


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


_libc = ctypes.CDLL(None, use_errno=True)


def capabilities() -> Capabilities:
    """Ask the kernel; nothing is changed."""
    return Capabilities(landlock=_landlock_version(), seccomp=seccomp.supported())


def _landlock_version() -> int:
    version: int = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)
    return max(version, 0)


def confine(limits: Limits, mapped: int) -> None:
    """Shut this process in. ``mapped``: bytes of address space that it already has and may keep."""
    with suppress(OSError):  # a read-only /proc: the kernel then chooses whom to end by size
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    _limit_resources(limits, mapped)
    _drop_capabilities()
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _restrict_by_landlock()
    seccomp.install()


def confine_program(limits: Limits, readable: Sequence[Path], folder: Path | None = None) -> None:
    """Shut this process in before it becomes a program (execve) that is not ours.

    The program may read, and run what is, below the ``readable`` folders: nothing else, no network, no writing but to
    what is open already. With a ``folder`` of its own it may do everything in there, and have threads.
    """
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    _limit_resources(limits, 0, processes=0 if folder is None else MOST_THREADS)
    _drop_capabilities()
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _restrict_by_landlock(readable, folder)
    seccomp.install_for_programs(listening=folder is not None)


def mapped_now() -> int:
    """Bytes of address space of this process."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


def _limit_resources(limits: Limits, mapped: int, processes: int = 0) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.memory + mapped),
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 512),
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        ceiling = resource.getrlimit(what)[1]
        hard = most + (what == resource.RLIMIT_CPU)  # a second more, so that SIGXCPU tells the reason before SIGKILL
        if ceiling != resource.RLIM_INFINITY:
            hard = min(hard, ceiling)
        resource.setrlimit(what, (min(most, hard), hard))


def _drop_capabilities() -> None:
    header = _CapabilityHeader(_CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; low and high halves
    _libc.capset(ctypes.byref(header), nothing)


def _restrict_by_landlock(readable: Sequence[Path] = (), folder: Path | None = None) -> None:
    """Handle every right the kernel knows and grant none: what is open stays usable, nothing else can be reached.

    Below the ``readable`` folders reading and running are granted, below ``folder`` everything that has to do with
    files, and the devices that hold nothing.
    """
    version = _landlock_version()
    if version < 1:
        return
    every = _FILE_RIGHTS[min(version, 5)]
    rules = _Ruleset(every, _NET_RIGHTS * (version >= 4), _SCOPES * (version >= 6))
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = _libc.syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if ruleset >= 0:
        for path in readable:
            _grant(ruleset, path, _READ_AND_RUN)
        if folder is not None:
            _grant(ruleset, folder, every)
            for device in _DEVICES:
                _grant(ruleset, device, _READ_AND_WRITE)
        _libc.syscall(_RESTRICT_SELF, ruleset, 0)
        os.close(ruleset)


def _grant(ruleset: int, path: Path, rights: int) -> None:
    with suppress(FileNotFoundError):  # not every system has each
        descriptor = os.open(path, os.O_PATH)
        rule = _Beneath(rights, descriptor)
        _libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
        os.close(descriptor)
