"""Programs of others that some tools need: whether they are installed here, and how they come to be.

They are never loaded as libraries but run as they are, confined (see `program`).
"""

import shutil
from dataclasses import dataclass
from functools import cache

from pliego.errors import ProgramMissing


@dataclass(frozen=True, slots=True)
class Program:
    """A program."""

    name: str
    """As people call it."""
    command: str
    packages: str
    """Those of Debian and its like that bring it."""

    @property
    def installation(self) -> str:
        """What an operator types to have it."""
        return f"apt-get install {self.packages}"


PROGRAMS = {
    "tesseract": Program("Tesseract", "tesseract", "tesseract-ocr tesseract-ocr-spa"),
    "libreoffice": Program(
        "LibreOffice", "soffice", "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
    ),
    "ghostscript": Program("Ghostscript", "gs", "ghostscript"),
}


@cache
def where(program: str) -> str:
    """The path of a program's command, "" when it is not installed."""
    return shutil.which(PROGRAMS[program].command) or ""


def missing(program: str) -> Program | None:
    """The program when it is needed ("" is none) and not installed here."""
    return PROGRAMS[program] if program and not where(program) else None


def require(program: str) -> None:
    """Raise ProgramMissing when a program is needed and not installed here."""
    if lacking := missing(program):
        raise ProgramMissing(program=lacking.name, command=lacking.installation)
