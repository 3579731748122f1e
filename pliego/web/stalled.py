"""Ends connections on which nothing moves any more.

The server waits for the next byte of a body for ever. A telephone that has left its network without a word would hold a
thread and the lock of its upload, and could not go on with that very upload from its new address. So a thread looks at
the accepted connections and shuts down those that have neither sent nor received anything for a minute; the request
behind one then sees the end of its body.
"""

import os
import socket
import stat
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress

LIMIT = 60.0
"""Seconds. Longer than any disk needs to put an upload away."""
EVERY = 5.0

_ESTABLISHED = 1
# struct tcp_info of <linux/tcp.h>: the state, and the milliseconds since data was last sent and last received.
_STATE_SENT_RECEIVED = struct.Struct("=B43xI4xI")


def watch(port: int) -> None:
    """Look after the connections to a port of this process from now on, in a thread that ends with it."""
    threading.Thread(target=_watch, args=(port,), name="stalled", daemon=True).start()


def end_stalled(port: int, limit: float = LIMIT) -> int:
    """Shut down the connections to the port on which nothing has moved for ``limit`` seconds; return their number."""
    ended = 0
    for connection in _accepted(port):
        with suppress(OSError):  # closed at this moment
            state, sent, received = _STATE_SENT_RECEIVED.unpack(
                connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _STATE_SENT_RECEIVED.size)
            )
            if state == _ESTABLISHED and min(sent, received) > limit * 1000:
                connection.shutdown(socket.SHUT_RDWR)
                ended += 1
    return ended


def _watch(port: int) -> None:
    pause = threading.Event()
    while not pause.wait(EVERY):
        end_stalled(port)


def _accepted(port: int) -> Iterator[socket.socket]:
    """Each TCP socket of this process on the port.

    No descriptor is ever duplicated: closing a second one of a file gives up every lock that this process holds on it
    (fcntl(2)), and without its locks SQLite loses what others commit. What the server closes meanwhile is an OSError.
    """
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - names, not paths
        try:
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            connection = socket.socket(fileno=int(name))
        except OSError:
            continue  # closed meanwhile
        try:
            internet = connection.family in {socket.AF_INET, socket.AF_INET6}
            if internet and connection.type == socket.SOCK_STREAM and _port_of(connection) == port:
                yield connection
        finally:
            connection.detach()  # it is the server's


def _port_of(connection: socket.socket) -> int:
    """Its own port, 0 when it is closed at this moment."""
    try:
        return int(connection.getsockname()[1])
    except OSError:
        return 0
