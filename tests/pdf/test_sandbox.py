import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pliego.pdf.reader import Reader
from pliego.pdf.sandbox import environment, start_parser


def test_started_asked_and_stopped(tmp_path: Path) -> None:
    with start_parser(tmp_path / "run" / "parser") as process:
        assert Reader(tmp_path / "run" / "parser").ready(20)
        assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700
        process.send_signal(signal.SIGINT)  # Ctrl-C reaches the whole group; it waits for our word
        assert Reader(tmp_path / "run" / "parser").ready()
        process.terminate()
        assert process.wait(5) == 0


def test_it_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLIEGO_SECRET_KEY", "secret")
    assert "secret" not in str(environment())


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    starter = (
        "import sys, time; from pathlib import Path; from pliego.pdf.sandbox import start_parser;"
        "print(start_parser(Path(sys.argv[1])).pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", starter, tmp_path / "parser"], stdout=subprocess.PIPE) as process:
        assert process.stdout
        parser = os.pidfd_open(int(process.stdout.readline()))
        assert Reader(tmp_path / "parser").ready(20)
        process.kill()
        assert select.select([parser], [], [], 5)[0], "the parser process lives on"
        os.close(parser)


def test_a_new_one_takes_over_from_one_that_was_killed(tmp_path: Path) -> None:
    for _ in range(2):
        with start_parser(tmp_path / "parser") as process:
            assert Reader(tmp_path / "parser").ready(20)
            process.kill()


def test_a_parser_whose_parent_is_gone_ends_without_a_word(tmp_path: Path) -> None:
    with subprocess.Popen(["true"]) as parent:
        pass
    command = [sys.executable, "-P", "-m", "pliego.pdf.parser", str(tmp_path / "parser"), str(parent.pid)]
    done = subprocess.run(command, env=environment(), cwd="/", capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
