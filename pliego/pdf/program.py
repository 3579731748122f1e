"""Run a program that is not ours, confined: `python -m pliego.pdf.program COMMAND ARGUMENT...`.

What it is to work on comes by standard input, what it finds leaves by standard output. It can read the system's own
folders and nothing else, has no network, and ends with whoever started it.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from pliego.pdf.confinement import MIB, Limits, confine_program, die_with_parent

LIMITS = Limits(memory=1024 * MIB, cpu=120)
READABLE = tuple(map(Path, ("/usr", "/lib", "/lib64", "/etc/ld.so.conf.d", "/etc/alternatives", "/opt", "/nix/store")))
NICE = 15
"""Reading and answering come first."""
ENVIRONMENT = ("PATH", "TESSDATA_PREFIX")


def main(command: Sequence[str]) -> NoReturn:
    """Become the program."""
    die_with_parent(os.getppid())
    os.nice(NICE)
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    confine_program(LIMITS, READABLE)
    os.execvpe(command[0], list(command), {**environment, "LC_ALL": "C", "OMP_THREAD_LIMIT": "1"})  # noqa: S606 - a list


if __name__ == "__main__":
    main(sys.argv[1:])
