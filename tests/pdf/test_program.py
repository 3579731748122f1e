"""Programs of others, confined."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pliego.pdf import program
from pliego.pdf.confinement import capabilities

BIN = "/usr/bin"


def run(*command: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    whole = [sys.executable, "-m", "pliego.pdf.program", *command]
    return subprocess.run(whole, input=given, capture_output=True, check=False, timeout=30)


def test_a_program_reads_its_input_and_writes_its_output() -> None:
    assert run(f"{BIN}/cat", given=b"palabras").stdout == b"palabras"


def test_it_gets_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLIEGO_SECRET_KEY", "secreto")
    assert b"secreto" not in run(f"{BIN}/env").stdout


@pytest.mark.skipif(capabilities().landlock < 1, reason="no Landlock here")
def test_it_reads_no_other_file_and_writes_none(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("secreto")
    assert run(f"{BIN}/cat", str(tmp_path / "x")).returncode != 0
    assert run(f"{BIN}/touch", str(tmp_path / "y")).returncode != 0
    assert not (tmp_path / "y").exists()


@pytest.mark.skipif(capabilities().landlock < 1 or not os.access(program.OWN, os.W_OK), reason="no Landlock, no root")
def test_a_site_that_lies_beside_the_programs_is_not_read(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=program.OWN) as site:
        secret = Path(site) / "secret-key"
        secret.write_text("secreto")
        assert run(f"{BIN}/cat", str(secret)).returncode != 0
        assert run("--in", str(tmp_path), f"{BIN}/cat", str(secret)).returncode != 0
        shutil.copy(f"{BIN}/cat", site)
        assert run(f"{site}/cat", str(secret)).stdout == b"secreto"  # a program's own folder is


@pytest.mark.parametrize(
    ("command", "folder"),
    [("/opt/office/program/soffice", ["/opt/office"]), ("/opt/cat", []), ("/optical/x/y", []), ("cat", [])],
)
def test_of_all_that_lies_there_a_program_reads_its_own_folder(command: str, folder: list[str]) -> None:
    assert [str(each) for each in program._own(command)] == folder


@pytest.mark.skipif(not capabilities().seccomp, reason="no seccomp here")
def test_it_has_no_network() -> None:
    script = "import socket\ntry: socket.socket()\nexcept PermissionError: print('denied')"
    python = next((path for path in (f"{BIN}/python3", sys.executable) if Path(path).exists()), sys.executable)
    assert run(python, "-S", "-E", "-c", script).stdout == b"denied\n"


@pytest.mark.skipif(capabilities().landlock < 1, reason="no Landlock here")
def test_one_with_a_folder_writes_there_alone(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "x").write_text("secreto")
    assert run("--in", str(tmp_path / "own"), f"{BIN}/touch", "here").returncode == 0
    assert (tmp_path / "own/here").exists()
    assert run("--in", str(tmp_path / "own"), f"{BIN}/touch", str(tmp_path / "there")).returncode != 0
    assert run("--in", str(tmp_path / "own"), f"{BIN}/cat", str(tmp_path / "x")).returncode != 0


@pytest.mark.skipif(not capabilities().seccomp, reason="no seccomp here")
def test_one_with_a_folder_reaches_nobody(tmp_path: Path) -> None:
    script = (
        "import socket\n"
        "for kind in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):\n"
        " try: socket.socket(kind).connect('/x' if kind == socket.AF_UNIX else ('127.0.0.1', 9))\n"
        " except PermissionError: print('denied')"
    )
    python = next((path for path in (f"{BIN}/python3", sys.executable) if Path(path).exists()), sys.executable)
    assert run("--in", str(tmp_path), python, "-S", "-E", "-c", script).stdout == b"denied\n" * 3
