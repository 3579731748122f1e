"""The system calls a confined reader may make: a list of permitted ones as a seccomp filter (see seccomp(2)).

Everything that is not listed fails with EPERM: opening files, sockets, processes, threads, signals, tracing. An error
instead of a kill lets `pliego doctor` try each of them and report. What the parser process has not loaded before the
confinement cannot be loaded after it.
"""

import ctypes
import errno
import platform
import struct

_NAMES = ("x86_64", "aarch64")
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# name: number on x86_64, number on aarch64 (asm/unistd_64.h and asm-generic/unistd.h); the most frequent first
_PERMITTED = {
    "brk": (12, 214),
    "munmap": (11, 215),
    "futex": (202, 98),
    "read": (0, 63),
    "pread64": (17, 67),
    "write": (1, 64),
    "writev": (20, 66),
    "lseek": (8, 62),
    "fstat": (5, 80),
    "close": (3, 57),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "gettimeofday": (96, 169),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "gettid": (186, 178),
    "getrandom": (318, 278),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "dup": (32, 23),
    "fcntl": (72, 25),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "ftruncate": (77, 46),
    "getcwd": (79, 17),  # Pillow asks for it before it saves what it has opened; it is / or where somebody typed
    "exit": (60, 93),
    "exit_group": (231, 94),
}
_MMAP = (9, 222)
_MPROTECT = (10, 226)
_NEWFSTATAT = (262, 79)
_SENDTO = (44, 206)

# What a program that is run as it is may not do: the network, and reaching for other processes or the kernel.
_DENIED_TO_PROGRAMS = {
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kill": (62, 129),
    "io_uring_setup": (425, 425),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (282, 282),
    "add_key": (248, 217),
    "keyctl": (250, 219),
    "mount": (165, 40),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_by_handle_at": (304, 265),
}
_OTHER_NUMBERS = 0x40000000
"""From here on the calls of another ABI (x32), which would pass by the list."""

_PROT_EXEC = 0x4
_AF_UNIX = 1
_LISTEN = (50, 201)
_AT_EMPTY_PATH = 0x1000

# classic BPF (linux/filter.h): load a word of seccomp_data, compare, test bits, return
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_RET_ALLOW, _RET_KILL = 0x7FFF0000, 0x80000000
_RET_DENY = 0x00050000 | errno.EPERM
_RET_NOTHING = 0x00050000
"""The call is not made and says that it went well."""
_NUMBER, _ARCH = 0, 4

_Instruction = tuple[int, int, int, int]
"""Code, jump when true, jump when false, operand."""

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def supported() -> bool:
    """Whether this machine's processor is in the tables and its kernel takes filters."""
    if platform.machine() not in _NAMES:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    # A filter at address 0: EFAULT where filters are known, EINVAL where they are not. Nothing is installed.
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, None, 0, 0)
    return ctypes.get_errno() == errno.EFAULT


def install() -> bool:
    """Put the filter of a confined reader on this process, for good. False where the machine cannot."""
    return platform.machine() in _NAMES and _install(_READY[platform.machine()])


def install_for_programs(*, listening: bool = False) -> bool:
    """Put the filter on this process that a program it becomes (execve) keeps. False where the machine cannot.

    ``listening``: it may make a Unix socket, though connect to nobody; and to make it an address where others connect
    seems to work and does nothing. Some do not start otherwise: LibreOffice listens for a second one of itself.
    """
    return platform.machine() in _NAMES and _install(program_without_network(platform.machine(), listening=listening))


def _install(code: bytes) -> bool:
    filter_ = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filter_), 0, 0) == 0)


def program(machine: str) -> bytes:
    """The filter for a processor, as the kernel takes it: eight bytes per instruction."""
    column = _NAMES.index(machine)
    steps: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _RET_KILL),  # the numbers below mean something else there
        (_LOAD, 0, 0, _NUMBER),
        *_when(_MMAP[column], _argument_without(2, _PROT_EXEC)),
        *_when(_SENDTO[column], _argument_is(4, 0)),  # to the connected client, never to an address
    ]
    for numbers in _PERMITTED.values():
        steps += _when(numbers[column], [(_RETURN, 0, 0, _RET_ALLOW)])
    steps += _when(_MPROTECT[column], _argument_without(2, _PROT_EXEC))
    steps += _when(_NEWFSTATAT[column], _argument_is(3, _AT_EMPTY_PATH))  # how glibc asks about an open file
    steps.append((_RETURN, 0, 0, _RET_DENY))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def program_without_network(machine: str, *, listening: bool = False) -> bytes:
    """The filter that lets a program do what it does, but for _DENIED_TO_PROGRAMS; ``listening``: see above."""
    column = _NAMES.index(machine)
    steps: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _RET_KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _OTHER_NUMBERS),
        (_RETURN, 0, 0, _RET_DENY),
    ]
    denied = dict(_DENIED_TO_PROGRAMS)
    if listening:
        steps += _when(denied.pop("socket")[column], _argument_is(0, _AF_UNIX))
        for numbers in (denied.pop("bind"), _LISTEN):
            steps += _when(numbers[column], [(_RETURN, 0, 0, _RET_NOTHING)])
    for numbers in denied.values():
        steps += _when(numbers[column], [(_RETURN, 0, 0, _RET_DENY)])
    steps.append((_RETURN, 0, 0, _RET_ALLOW))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _when(number: int, then: list[_Instruction]) -> list[_Instruction]:
    return [(_EQUAL, 0, len(then), number), *then]


def _argument_without(index: int, bits: int) -> list[_Instruction]:
    """Permit when none of the bits is set in the low word of an argument."""
    return [
        (_LOAD, 0, 0, _low_word(index)),
        (_ANY_BIT, 0, 1, bits),
        (_RETURN, 0, 0, _RET_DENY),
        (_RETURN, 0, 0, _RET_ALLOW),
    ]


def _argument_is(index: int, value: int) -> list[_Instruction]:
    """Permit when a 64-bit argument has this value, which fits in 32 bits."""
    return [
        (_LOAD, 0, 0, _low_word(index)),
        (_EQUAL, 0, 3, value),
        (_LOAD, 0, 0, _low_word(index) + 4),
        (_EQUAL, 0, 1, 0),
        (_RETURN, 0, 0, _RET_ALLOW),
        (_RETURN, 0, 0, _RET_DENY),
    ]


def _low_word(index: int) -> int:
    """Offset of an argument in struct seccomp_data; both processors are little-endian."""
    return 16 + 8 * index


_READY = {machine: program(machine) for machine in _NAMES}
"""Made once, in the parser process: every one of its children puts it on."""
