import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.site import free_port
from pliego import whereabouts


def serve(data: Path, port: int, *more: str, code: int = 1, room: int = resource.RLIM_INFINITY) -> str:
    """What `pliego serve` says when it cannot, which ends it. A file can have no more than ``room`` bytes."""
    command = [sys.executable, "-m", "pliego", "serve", "--port", str(port), *more]
    environment = {"PLIEGO_DATA": str(data), "PLIEGO_ALLOWED_HOSTS": "pdf.example.org", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert done.returncode == code
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


def test_a_database_that_is_none_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "queue.sqlite3").write_bytes(b"x" * 5000)
    (said,) = serve(tmp_path, free_port()).splitlines()
    assert said.startswith("error: storage-fails ")
    assert said.endswith("(file is not a database)")


def test_a_secret_key_that_cannot_be_read_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "secret-key").mkdir()
    said = f"error: settings PLIEGO_DATA: {tmp_path}/secret-key cannot be used (Is a directory)."
    assert serve(tmp_path, free_port(), code=2) == said


def test_a_secret_key_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    said = f"error: settings PLIEGO_DATA: {tmp_path} cannot be used (File too large)."
    assert serve(tmp_path, free_port(), code=2, room=10) == said
    assert list(tmp_path.iterdir()) == []


def test_a_log_on_a_full_disk_does_not_stop_the_site() -> None:
    command = [sys.executable, "-c", "import os; from pliego.supervisor import say; say('x'); os._exit(7)"]
    with Path("/dev/full").open("w") as full:
        assert subprocess.run(command, stderr=full, check=False).returncode == 7


DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"
WATCH = (
    "import subprocess, sys; from pliego.supervisor import Child, Supervisor\n"
    "deaf = Child('deaf', lambda: subprocess.Popen([sys.executable, '-c', sys.argv[2]]))\n"
    "Supervisor([deaf]).run(sys.argv[1])\n"
)


def watched(address: str, *signals: int, said: str = "") -> float:
    """How long a supervisor takes to end after signals, with a child that hears none, once it has said something."""
    command = [sys.executable, "-c", WATCH, address, DEAF]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as supervisor:
        assert supervisor.stdout is not None
        assert supervisor.stderr is not None
        assert supervisor.stdout.readline() == "deaf\n"
        if said:
            assert said in supervisor.stderr.readline()
        began = time.monotonic()
        for each in signals:
            supervisor.send_signal(each)
            supervisor.stderr.readline()
        assert supervisor.wait(60) == 0
        return time.monotonic() - began


def test_a_site_that_has_not_answered_yet_stops_at_once() -> None:
    assert watched("http://127.0.0.1:1", signal.SIGTERM) < 8


def test_a_second_ctrl_c_does_not_wait(tmp_path: Path) -> None:
    (tmp_path / "healthz").touch()
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path))
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with site:
        assert watched(f"http://127.0.0.1:{site.server_port}", signal.SIGINT, signal.SIGINT, said="Pliego is at") < 8
        site.shutdown()


def test_ctrl_c_while_it_loads_ends_it_without_a_word(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "pliego", "doctor"]
    environment = {"PLIEGO_DATA": str(tmp_path), "PATH": "/usr/bin:/bin"}
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # what runs in the background of a shell hears none
    with subprocess.Popen(
        command,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heard,  # noqa: PLW1509 - no threads here
    ) as loading:
        assert loading.stderr is not None
        while "django.conf" not in loading.stderr.readline():
            pass
        loading.send_signal(signal.SIGINT)
        assert "Traceback" not in loading.stderr.read()
    assert loading.returncode == 130
