"""Start the parser process, with nothing of ours in its environment."""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pliego

_ROOT = Path(pliego.__file__).resolve().parents[1]


def start_parser(socket: Path, tasks: str = "") -> "subprocess.Popen[bytes]":
    """Start the parser process that listens on ``socket``; its folder is made, for this user only.

    It can be asked a second later; Reader.ready waits for it. It ends on SIGTERM, and by itself when the process that
    started it has gone; its running children end with it. ``tasks`` names a module with further tasks, for tests.
    """
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = [sys.executable, "-P", "-m", "pliego.pdf.parser", str(socket.resolve()), str(os.getpid())]
    return subprocess.Popen(
        command + ([tasks] if tasks else []),
        env=environment(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def environment() -> dict[str, str]:
    """All that the parser process gets to know: no secrets, no settings."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "1",
        # Huge pages where the kernel offers them: to be given small ones one by one is most of what a picture costs.
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.tcache_count=2000",
    }


LONGEST_SOCKET_PATH = 100
"""A Unix socket's path has room for 107 bytes (unix(7))."""


def socket_in(folder: Path) -> Path:
    """Where the parser of a data folder listens: inside it, or in the temporary folder if its path is too long."""
    path = folder.resolve() / "run" / "parser.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    mark = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"pliego-{os.getuid()}-{mark}" / "parser.sock"
