"""What is said on the socket between a client, the parser process and its confined children.

The socket keeps the bounds of packets (AF_UNIX, SOCK_SEQPACKET). A message is one packet or more; a packet is a byte
for the kind, a byte that says whether more packets of the message follow, and at most PIECE bytes. So a child that is
killed in the middle of a message leaves no half packet behind, and the parser process can always add the last word.
Nothing but JSON and plain bytes crosses, never pickle: the child is not trusted, and the receiver keeps the caps.
"""

import json
import os
import socket
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import Any

PIECE = 64 * 1024
"""Bytes of a message in one packet; well below the kernel's default send buffer of 208 KiB."""
REQUEST_MOST = 128 * 1024
"""A request is one packet of at most this size, so that the parser process never waits for its rest."""
DESCRIPTORS_MOST = 128
"""Open files of one request; the kernel takes 253."""
ALIVE_SECONDS = 1.0
_HEAD = struct.Struct("!BB")
_PATH_MOST = 100
"""The kernel takes 107 bytes of socket path; longer ones go through the descriptor of their folder."""


class Kind(IntEnum):
    """What a message is."""

    STARTED = 1
    """The first message: a place was found, the limits count from here."""
    JSON = 2
    BYTES = 3
    ERROR = 4
    """The last message: JSON with the code of an error."""
    END = 5
    """The last message: all has been said."""


class WireError(Exception):
    """The other side broke the rules of this module."""


class TooLongError(WireError):
    """The answer is larger than the receiver's cap."""


def packets(kind: Kind, payload: bytes = b"") -> Iterator[bytes]:
    """Cut a message into packets."""
    for start in range(0, max(len(payload), 1), PIECE):
        more = start + PIECE < len(payload)
        yield _HEAD.pack(kind, more) + payload[start : start + PIECE]


def send(sock: socket.socket, kind: Kind, payload: bytes = b"") -> None:
    """Send a message; waits while the receiver is slow."""
    for packet in packets(kind, payload):
        sock.send(packet)


def encode(value: Any) -> bytes:
    """JSON as UTF-8; what has no UTF-8 form (half a surrogate pair) becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def decode(payload: bytes) -> Any:
    """The value of a JSON message. WireError on anything that is not JSON in clean UTF-8, or nested too deep."""
    try:
        value = json.loads(payload)
        if b"\\ud" in payload or b"\\uD" in payload:  # maybe an escaped half of a surrogate pair: no database takes it
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    return value


def receive(
    sock: socket.socket, most: int, waiting: float, running: float, alive: Callable[[], None] | None = None
) -> Iterator[tuple[Kind, bytes]]:
    """The messages up to an ERROR or END.

    At most ``most`` bytes in all (TooLongError), for ``waiting`` seconds until STARTED and for ``running`` seconds from
    there (TimeoutError). ``alive`` is called every ALIVE_SECONDS in which nothing comes.
    WireError when the rules are broken or the other side hangs up before the end.
    """
    deadline = time.monotonic() + waiting
    message, current, total = bytearray(), None, 0
    while packet := _receive_packet(sock, deadline, alive):
        kind, more, piece = _split(packet)
        total += len(packet)
        if total > most:
            raise TooLongError
        if current not in (None, kind) and kind is not Kind.ERROR:
            raise WireError("a message inside another")
        if current is not kind:
            message.clear()
            current = kind
        message += piece
        if more:
            continue
        yield kind, bytes(message)
        message.clear()
        current = None
        if kind is Kind.STARTED:
            deadline = time.monotonic() + running
        if kind in (Kind.ERROR, Kind.END):
            return
    raise WireError("hung up before the end")


def _receive_packet(sock: socket.socket, deadline: float, alive: Callable[[], None] | None) -> bytes:
    # At least a second: what has arrived while the caller was busy elsewhere is not late.
    while alive and deadline - time.monotonic() > ALIVE_SECONDS:
        sock.settimeout(ALIVE_SECONDS)
        with suppress(TimeoutError):
            return sock.recv(PIECE + _HEAD.size + 1)
        alive()
    sock.settimeout(max(deadline - time.monotonic(), 1.0))
    # Plain recv: descriptors that a hostile child attaches are dropped by the kernel.
    return sock.recv(PIECE + _HEAD.size + 1)


def _split(packet: bytes) -> tuple[Kind, bool, bytes]:
    if not _HEAD.size <= len(packet) <= PIECE + _HEAD.size:
        raise WireError("a packet of a wrong size")
    kind, more = _HEAD.unpack_from(packet)
    if more > 1 or kind not in Kind.__members__.values():
        raise WireError("a packet of an unknown kind")
    return Kind(kind), bool(more), packet[_HEAD.size :]


def send_request(sock: socket.socket, request: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    """Send a request with its open files. WireError when it does not fit in one packet."""
    payload = encode(request)
    if len(payload) > REQUEST_MOST:
        raise WireError("a request too large")
    socket.send_fds(sock, [payload], descriptors)


def receive_request(sock: socket.socket) -> tuple[Any, list[int]]:
    """The request that has arrived and its open files, which are now the caller's to close. Never waits.

    WireError when it is not JSON or too large, or the client has hung up; its files are closed then. BlockingIOError
    when nothing has arrived.
    """
    payload, descriptors, flags, _ = socket.recv_fds(sock, REQUEST_MOST, DESCRIPTORS_MOST, socket.MSG_DONTWAIT)
    whole = not flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC)
    try:
        return decode(payload if whole else b""), descriptors
    except WireError:
        for descriptor in descriptors:
            os.close(descriptor)
        raise


def listen(path: Path) -> socket.socket:
    """A listening socket that only this user can reach; it takes the place of a stale one. The folder must exist."""
    fresh = path.with_name(f".{os.getpid()}")
    fresh.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    before = os.umask(0o177)
    try:
        with _address(fresh) as address:
            listener.bind(address)
    finally:
        os.umask(before)
    listener.listen(512)
    fresh.rename(path)
    return listener


def connect(path: Path, timeout: float) -> socket.socket:
    """A connection to a listening socket. OSError when nobody listens there or its queue is full."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        sock.settimeout(timeout)
        with _address(path) as address:
            sock.connect(address)
    except OSError:
        sock.close()
        raise
    return sock


@contextmanager
def _address(path: Path) -> Iterator[str]:
    if len(os.fsencode(path)) <= _PATH_MOST:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
