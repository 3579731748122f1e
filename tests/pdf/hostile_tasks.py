"""Tasks that a parser process for tests serves besides its own: what a child of a hostile PDF could do."""

import ctypes
import os
import socket
import time
from collections.abc import Iterator
from typing import NoReturn

from pliego.errors import NeedsPassword
from pliego.pdf import frames
from pliego.pdf.child import Answer, Job, Task
from pliego.pdf.frames import Kind


def echo(job: Job) -> Iterator[Answer]:
    """Its parameters, and the bytes of its file."""
    yield job.params
    if job.descriptors:
        yield os.pread(job.descriptors[0], 1 << 20, 0)


def burn(_job: Job) -> NoReturn:
    """Processor time without end."""
    while True:
        pass


def wait(job: Job) -> Iterator[Answer]:
    """Its process id, then nothing for a long time."""
    yield {"pid": os.getpid()}
    time.sleep(60)


def hoard(_job: Job) -> NoReturn:
    """Memory without end, in Python."""
    held = []
    while True:
        held.append(bytearray(16 << 20))


def hoard_natively(_job: Job) -> NoReturn:
    """Memory without end, in a library that stops itself when there is none."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while block := libc.malloc(16 << 20):
        ctypes.memset(block, 1, 16 << 20)
    os.abort()


def flood(_job: Job) -> Iterator[Answer]:
    """Answers without end."""
    while True:
        yield bytes(1 << 20)


def crash(_job: Job) -> Iterator[Answer]:
    """Half a message, then a segmentation fault."""
    whole = list(frames.packets(Kind.BYTES, bytes(200_000)))
    with socket.socket(fileno=3) as connection:
        connection.send(whole[0])
        ctypes.string_at(0)
    yield b""


def refuse(_job: Job) -> Iterator[Answer]:
    """An error with a name."""
    yield b"first"
    raise NeedsPassword


def fail(_job: Job) -> Iterator[Answer]:
    """A mistake of ours that quotes the document."""
    yield from ()
    raise ValueError("secret words of the document")


def vanish(_job: Job) -> NoReturn:
    """The end without a word, as if all were well."""
    os._exit(0)


def write(job: Job) -> Iterator[Answer]:
    """``bytes`` bytes into the output file."""
    os.write(job.descriptors[1], bytes(job.params["bytes"]))
    yield from ()


def nonsense(job: Job) -> NoReturn:
    """The given raw packets."""
    with socket.socket(fileno=3) as connection:
        for packet in job.params["packets"]:
            connection.send(bytes.fromhex(packet))
    os._exit(0)


def environment(_job: Job) -> Iterator[Answer]:
    """The names in the environment, and the open descriptors."""
    held = []
    for number in range(256):
        try:
            os.fstat(number)
        except OSError:
            continue
        held.append(number)
    yield {"names": sorted(os.environ), "descriptors": held}


TASKS = {
    task.__name__: Task(task)
    for task in (
        echo, burn, wait, hoard, hoard_natively, flood, crash, refuse, fail, vanish, write, nonsense, environment
    )
}  # fmt: skip
TASKS["quick"] = Task(echo, interactive=True)
