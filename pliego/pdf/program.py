"""Run a program that is not ours, confined: `python -m pliego.pdf.program [--in FOLDER] COMMAND ARGUMENT...`.

What it is to work on comes by standard input, what it finds leaves by standard output. It can read the system's own
folders and nothing else, has no network, and ends with whoever started it. One that works on files gets a FOLDER of its
own, which is its home as well: everything is there, and it may write there alone.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from pliego.lifeline import end_with
from pliego.pdf.confinement import MIB, Limits, confine_program

LIMITS = Limits(memory=1024 * MIB, cpu=120)
FOLDER_LIMITS = Limits(memory=4096 * MIB, cpu=600, written=2048 * MIB)
"""For those that work on files: a text processor maps much more than it uses."""
READABLE = tuple(map(Path, ("/usr", "/lib", "/lib64", "/etc/ld.so.conf.d", "/etc/alternatives", "/nix/store")))
READABLE_TOO = tuple(
    map(
        Path,
        ("/etc/fonts", "/etc/libreoffice", "/var/cache/fontconfig", "/var/lib/ghostscript", "/var/lib/libreoffice"),
    )
)
"""Settings and fonts, for those that work on files."""
OWN = Path("/opt")
"""Where each program has a folder of its own: it may read that one. A site may have its data in another."""
IN = "--in"
NICE = 15
"""Reading and answering come first."""
ENVIRONMENT = ("PATH", "TESSDATA_PREFIX")


def main(command: Sequence[str]) -> NoReturn:
    """Become the program."""
    end_with(os.getppid())
    os.nice(NICE)
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    environment |= {"LC_ALL": "C", "OMP_THREAD_LIMIT": "1"}
    if command[0] == IN:
        folder, command = Path(command[1]).resolve(), command[2:]
        os.chdir(folder)
        environment |= {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
        confine_program(FOLDER_LIMITS, (*READABLE, *READABLE_TOO, *_own(command[0])), folder)
    else:
        confine_program(LIMITS, (*READABLE, *_own(command[0])))
    os.execvpe(command[0], list(command), environment)  # noqa: S606 - a list


def _own(command: str) -> list[Path]:
    """The folder that a program has below OWN, if that is where it is."""
    parts = Path(shutil.which(command) or command).resolve().parts
    above = OWN.parts
    return [Path(*parts[: len(above) + 1])] if parts[: len(above)] == above and len(parts) > len(above) + 1 else []


if __name__ == "__main__":
    main(sys.argv[1:])
