import os
import select
import socket
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from pliego.errors import ReaderStopped
from pliego.pdf import frames
from pliego.pdf.confinement import Limits
from pliego.pdf.frames import Kind, decode
from pliego.pdf.reader import PrivateParser, Reader


@pytest.mark.parametrize(
    "packet",
    [b"", b"{", b"[]", b'"task"', b"{}", b'{"task": "nothing", "params": {}, "limits": {}}', b"\xff" * 1000]
    + [b'{"task": %s, "params": {}, "limits": {}}' % task for task in (b"[]", b"null", b'{"a": 1}')]
    + [b'{"task": "echo", "params": %s, "limits": %s}' % pair for pair in ((b"3", b"{}"), (b"{}", b"[1]"))],
)
def test_a_bad_request_is_hung_up_on_and_does_no_harm(reader: Reader, packet: bytes) -> None:
    with frames.connect(reader.socket, 1) as client:
        client.send(packet)
        assert client.recv(100) == b""
    assert reader.ready()


def test_a_request_with_too_many_files_is_hung_up_on(reader: Reader) -> None:
    with frames.connect(reader.socket, 1) as client:
        socket.send_fds(client, [b"{}"], [0] * 20)
        assert client.recv(100) == b""
    assert reader.ready()


def test_a_client_that_hangs_up_ends_the_child(reader: Reader) -> None:
    with waiting_child(reader) as (answers, pid):
        handle = os.pidfd_open(pid)
        answers.close()
        assert select.select([handle], [], [], 5)[0], "the child lives on"
        os.close(handle)


def test_a_client_that_talks_on_ends_its_request(reader: Reader) -> None:
    with frames.connect(reader.socket, 1) as client:
        frames.send_request(client, {"task": "wait", "params": {}, "limits": {}})
        client.send(b"and another thing")
        with pytest.raises((frames.WireError, ConnectionResetError)):
            list(frames.receive(client, 1000, 5, 5))


def test_many_clients_at_once(reader: Reader) -> None:
    def ask(number: int) -> int:
        [(_, payload)] = reader.ask("echo", {"number": number})
        return int(decode(payload)["number"])

    with ThreadPoolExecutor(50) as pool:
        assert list(pool.map(ask, range(50))) == list(range(50))


def test_bombs_do_not_starve_readers(reader: Reader) -> None:
    with bombs(reader, 20):
        assert seconds(lambda: list(reader.ask("quick"))) < 2


def test_bombs_do_not_starve_other_work_for_long(reader: Reader) -> None:
    """Each bomb may burn ten seconds, but it gives up its place after one."""
    with bombs(reader, 5):
        assert seconds(lambda: list(reader.ask("echo"))) < 8


def test_nothing_is_left_behind(parser: PrivateParser) -> None:
    """After a hundred requests of every ending the parser process holds no more descriptors than before."""
    reader = parser.reader
    before = descriptors(parser)
    for number in range(100):
        with pytest.raises(ReaderStopped) if number % 2 else pytest.raises(StopIteration):
            answers = reader.ask("crash" if number % 2 else "echo")
            while True:
                next(answers)
    assert reader.ready()
    assert descriptors(parser) <= before + 3  # the last may not have been reaped yet


def test_children_end_with_the_parser() -> None:
    with PrivateParser("tests.pdf.hostile_tasks") as reader, waiting_child(reader) as (answers, pid):
        handle = os.pidfd_open(pid)
        os.kill(parent_of(pid), 9)
        assert select.select([handle], [], [], 5)[0], "the child lives on"
        os.close(handle)
        with pytest.raises(ReaderStopped):
            next(answers)


@contextmanager
def waiting_child(reader: Reader) -> Iterator[tuple[Generator[tuple[Kind, bytes]], int]]:
    with closing(reader.ask("wait")) as answers:
        yield answers, decode(next(answers)[1])["pid"]


@contextmanager
def bombs(reader: Reader, count: int) -> Iterator[None]:
    """So many requests that burn processor time, begun and then dropped."""
    request = {"task": "burn", "params": {}, "limits": Limits(cpu=10).to_json()}
    with ExitStack() as clients:
        for _ in range(count):
            frames.send_request(clients.enter_context(frames.connect(reader.socket, 1)), request)
        yield


def seconds(work: Callable[[], object]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def descriptors(parser: PrivateParser) -> int:
    return len(list(Path(f"/proc/{parser.process.pid}/fd").iterdir()))


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
