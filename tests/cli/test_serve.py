import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench.site import free_port
from pliego import whereabouts


def serve(data: Path, port: int, *more: str) -> str:
    """What `pliego serve` says when it cannot, which ends it."""
    command = [sys.executable, "-m", "pliego", "serve", "--port", str(port), *more]
    environment = {"PLIEGO_DATA": str(data), "PLIEGO_ALLOWED_HOSTS": "pdf.example.org", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    return done.stderr.strip()


@contextmanager
def listener(option: int) -> Iterator[int]:
    """Another program that listens, whether or not it would let others listen too; gives its port."""
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, option)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    for option in (0, 1):
        with listener(option) as port:
            assert serve(tmp_path, port) == (
                f"error: port-taken Port {port} is taken by another program. Choose another one with --port."
            )


def test_an_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    assert serve(tmp_path, free_port(), "--host", "192.0.2.1").startswith(
        "error: cannot-listen This machine cannot listen on 192.0.2.1, port "
    )


def test_a_data_folder_is_served_once(tmp_path: Path) -> None:
    assert whereabouts.claim(tmp_path)
    whereabouts.note(tmp_path, "http://127.0.0.1:8000")
    said = "error: runs-already This site runs already, at http://127.0.0.1:8000."
    assert serve(tmp_path, free_port()) == said


def test_a_claim_ends_with_its_process(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from pliego import whereabouts\n"
        "assert whereabouts.claim(Path(sys.argv[1]))\n"
        "held = 'import sys; sys.stdout.write(\"held\\\\n\"); sys.stdout.flush(); sys.stdin.read()'\n"
        "os.execv(sys.executable, [sys.executable, '-c', held])\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert not whereabouts.claim(tmp_path)
        other.kill()
    assert whereabouts.claim(tmp_path)
