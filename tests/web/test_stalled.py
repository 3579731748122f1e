import fcntl
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pliego.web.stalled import end_stalled


@pytest.fixture(params=["127.0.0.1", "::1"])
def listener(request: pytest.FixtureRequest) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in request.param else socket.AF_INET
    with socket.create_server((request.param, 0), family=family) as server:
        yield server


def pair(listener: socket.socket) -> tuple[socket.socket, socket.socket]:
    """The client's and the server's end of a connection."""
    client = socket.create_connection(listener.getsockname()[:2], timeout=10)
    server, _ = listener.accept()
    server.settimeout(10)
    return client, server


def end_in_time(port: int, limit: float) -> int:
    deadline = time.monotonic() + 10
    while not (ended := end_stalled(port, limit)):
        assert time.monotonic() < deadline
    return ended


def test_a_silent_connection_is_ended(listener: socket.socket) -> None:
    client, server = pair(listener)
    with client, server:
        assert end_in_time(listener.getsockname()[1], limit=0.1) == 1
        assert server.recv(1) == b""
        assert client.recv(1) == b""


def test_a_connection_that_receives_or_sends_goes_on(listener: socket.socket) -> None:
    silent, receiving, sending = (pair(listener) for _ in range(3))
    for step in range(300):
        receiving[0].sendall(b"x")
        receiving[1].recv(1)
        sending[1].sendall(b"x")
        sending[0].recv(1)
        if ended := end_stalled(listener.getsockname()[1], limit=0.2):
            assert ended == 1
            break
        time.sleep(0.005)
        assert step < 299
    assert silent[1].recv(1) == b""
    for each in (*silent, *receiving, *sending):
        each.close()


def test_other_ports_are_left_alone(listener: socket.socket) -> None:
    client, server = pair(listener)
    with client, server:
        end_stalled(listener.getsockname()[1] ^ 1, limit=-1)
        client.sendall(b"x")
        assert server.recv(1) == b"x"


def test_files_and_other_sockets_are_no_connections() -> None:
    one, other = socket.socketpair()
    with one, other:
        assert end_stalled(0, limit=-1) == 0


def test_no_lock_of_this_process_is_given_up(tmp_path: Path) -> None:
    """SQLite's are of this kind: a process that has lost them loses commits too."""
    script = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
    with (tmp_path / "locked").open("w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        end_stalled(0, limit=-1)
        other = subprocess.run([sys.executable, "-c", script, file.name], capture_output=True, check=False)
    assert b"BlockingIOError" in other.stderr
