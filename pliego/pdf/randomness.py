"""Random numbers of their own for children that encrypt.

qpdf opens /dev/urandom at its first use of AES and reads ahead, in a buffer that a fork copies. What was opened in the
parser process is closed in its children, and all of them would draw the same numbers: the same keys for everybody's
documents. So the parser process has it open under a number that no request's file gets; a child that may encrypt opens
it anew under that number before it is shut in, and draws until nothing of the copied buffer is left before it encrypts.
"""

import io
import os

import pikepdf
from pikepdf import Array, String

HIGH = 400
"""Descriptors of a request have lower numbers."""
READ_AHEAD = 8 * 1024
"""Bytes; the C library reads 4096 ahead at most."""
_SOURCE = "/dev/urandom"
_number: list[int] = []
"""The descriptor under which qpdf has its source open; empty while it has none."""


def open_random_source() -> None:
    """Have qpdf open its source under a high number. Call it before anything is encrypted or decrypted."""
    fillers = [os.dup(0)]
    while fillers[-1] < HIGH:
        fillers.append(os.dup(0))
    _encrypt(1)
    for descriptor in fillers:
        os.close(descriptor)
    _number[:] = [number for number in _open_now() if number >= HIGH]


def open_anew() -> None:
    """In a child that is not yet shut in: give it a source that it shares with no other process."""
    if not _number:
        _encrypt(1)  # a process of its own: qpdf has not opened the source yet, and soon cannot any more
        return
    fresh = os.open(_SOURCE, os.O_RDONLY)
    os.dup2(fresh, _number[0])
    os.close(fresh)


def draw_anew() -> None:
    """Use up the numbers that were read ahead before the fork: to be called before a child encrypts."""
    _encrypt(READ_AHEAD // 16)


def _open_now() -> list[int]:
    found = []
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - links, which may be gone again
        try:
            target = os.readlink(f"/proc/self/fd/{name}")  # noqa: PTH115
        except OSError:
            continue
        if target == _SOURCE:
            found.append(int(name))
    return found


def _encrypt(strings: int) -> None:
    """Encrypt so many strings, each of which takes 16 random bytes."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Pliego = Array([String("x")] * strings)
        pdf.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="owner", R=4))  # keys of R 6 take 10 ms
